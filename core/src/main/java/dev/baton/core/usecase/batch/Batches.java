package dev.baton.core.usecase.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.model.Models;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Many tasks under one name: made all or none, held until they are started, counted with every move
 * and never by counting. Thread-safe.
 *
 * <p>What concerns all tasks of a batch, such as cancelling it, is done one page at once and the
 * rest by {@link BatchWalk#step}: the future completes with the first page, and a restart goes on
 * where the last page ended.
 */
public final class Batches {
  /** Tasks of one batch. */
  public static final int ROWS_MAX = BatchCheck.ROWS_MAX;

  /** Batches or tasks on one page. */
  public static final int PAGE_MAX = 1_000;

  /** UTF-16 units of prompts and answers after which a page of outcomes stops short. */
  public static final int OUTCOME_TEXT_MAX = 1 << 20;

  private final Store store;
  private final InstantSource clock;
  private final Executor readers;
  private final BatchParts parts;
  private final BatchMoves moves;

  /**
   * @param readers runs what reads rows, which may block; refuses what it can't take
   */
  public Batches(BatchParts parts, Executor readers) {
    this.store = parts.store();
    this.clock = parts.clock();
    this.readers = requireNonNull(readers, "readers");
    this.parts = parts;
    this.moves = new BatchMoves(parts.life(), parts.walk());
  }

  /** As {@link #create(TenantId, NewBatch, Supplier)}, of tasks in memory. */
  public CompletableFuture<CreatedBatch> create(
      TenantId tenant, NewBatch batch, List<NewTask> tasks) {
    List<NewTask> all = List.copyOf(tasks);
    return create(tenant, batch, () -> BatchInput.of(all));
  }

  /**
   * Makes a batch of all rows, or none: all are checked before the first is stored, and nobody sees
   * the batch before its last row is.
   *
   * <p>Refused with an {@link InvalidRowsException} when rows are wrong or ask for what {@link
   * Models} does not offer, with {@link ErrorCode#BATCH_TOO_LARGE} above {@link #ROWS_MAX} rows,
   * with {@link ErrorCode#BATCH_EXISTS}, {@link ErrorCode#TASK_EXISTS} or {@link
   * ErrorCode#IDEMPOTENCY_KEY_REUSED} when a name is taken, with {@link ErrorCode#OVERLOADED} when
   * too many inputs wait to be read, and with whatever the opening is refused with.
   *
   * @param opening opens the rows, on a thread that may block; they are closed afterwards
   */
  public CompletableFuture<CreatedBatch> create(
      TenantId tenant, NewBatch batch, Supplier<BatchInput> opening) {
    return create(tenant, () -> new Source(batch, opening.get()));
  }

  /** A batch to be made, and its rows. */
  public record Source(NewBatch batch, BatchInput input) {}

  /**
   * As {@link #create(TenantId, NewBatch, Supplier)}, where the batch too has to be read first.
   *
   * @param opening runs on a thread that may block
   */
  public CompletableFuture<CreatedBatch> create(TenantId tenant, Supplier<Source> opening) {
    return reading(
        () -> {
          Source source = opening.get();
          try (BatchInput input = source.input()) {
            BatchLife.checkDeadline(source.batch().config().deadline(), parts.calendar().instant());
            return new BatchImport(parts, tenant, source.batch()).run(input);
          }
        });
  }

  /** Checks all rows as {@link #create} does, and stores nothing: how many there are. */
  public CompletableFuture<Long> check(
      TenantId tenant, BatchConfig config, Supplier<BatchInput> opening) {
    return reading(
        () -> {
          try (BatchInput input = opening.get()) {
            return new BatchCheck(parts, tenant, config).check(input);
          }
        });
  }

  private <R> CompletableFuture<R> reading(Supplier<R> job) {
    try {
      return CompletableFuture.supplyAsync(job, readers);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new BatonException(ErrorCode.OVERLOADED, "too many batches are being read; try again"));
    }
  }

  /** The batch as it stands; empty when the tenant has none of this id. */
  public CompletableFuture<Optional<BatchView>> find(TenantId tenant, BatchId id) {
    return store.read(
        tx -> BatchLife.visible(tx, tenant, id).map(batch -> BatchView.of(tx, batch)));
  }

  /** A page of batches, and how many there are on all pages. */
  public record Listed(List<BatchView> views, long total) {}

  /**
   * A page of batches, newest first.
   *
   * @param states only these; those that nobody sees are left out
   * @param skip how many to pass over
   * @param max 1 to {@link #PAGE_MAX}
   */
  public CompletableFuture<Listed> list(
      TenantId tenant, Set<BatchState> states, long skip, int max) {
    return list(tenant, states, ListOrder.NEWEST_FIRST, skip, max);
  }

  /** As {@link #list(TenantId, Set, long, int)}, in another order. */
  public CompletableFuture<Listed> list(
      TenantId tenant, Set<BatchState> states, ListOrder order, long skip, int max) {
    checkArgument(max >= 1 && max <= PAGE_MAX, "1 to %s batches on a page", PAGE_MAX);
    Set<BatchState> visible = Set.copyOf(states.stream().filter(BatchState::isVisible).toList());
    return store.read(
        tx ->
            new Listed(
                tx.batches().list(tenant, visible, order, skip, max).stream()
                    .map(batch -> BatchView.of(tx, batch))
                    .toList(),
                tx.batches().count(tenant, visible)));
  }

  /**
   * A task of a batch with how it came out.
   *
   * @param result empty while it has none
   */
  public record Outcome(TaskRow row, Prompt prompt, Optional<Result> result) {}

  /**
   * A page of a batch's tasks in the order of its rows; {@link #outcomes(TenantId, List)} tells how
   * they came out.
   *
   * @param states only these
   * @param skip how many to pass over
   * @param max 1 to {@link #PAGE_MAX}
   * @throws BatonException in the future, of {@link ErrorCode#BATCH_NOT_FOUND}
   */
  public CompletableFuture<List<TaskRow>> tasks(
      TenantId tenant, BatchId id, Set<TaskState.Kind> states, long skip, int max) {
    checkArgument(max >= 1 && max <= PAGE_MAX, "1 to %s tasks on a page", PAGE_MAX);
    return store.read(
        tx -> {
          BatchLife.required(tx, tenant, id);
          return tx.batches().tasks(tenant, id, states, skip, max);
        });
  }

  /**
   * How the first of these tasks stand, in the order given: none beyond the one whose texts bring
   * them to {@link #OUTCOME_TEXT_MAX}, and one at least. Who wants the others asks for these.
   *
   * @param rows 1 to {@link #PAGE_MAX}, of this tenant; one that is gone ends the list
   */
  public CompletableFuture<List<Outcome>> outcomes(TenantId tenant, List<TaskRow> rows) {
    checkArgument(rows.size() <= PAGE_MAX, "%s tasks at once", PAGE_MAX);
    return store.read(tx -> outcomes(tx, asTheyStand(tx, tenant, rows)));
  }

  private static List<TaskRow> asTheyStand(Transaction tx, TenantId tenant, List<TaskRow> rows) {
    Map<TaskId, TaskRow> now = tx.tasks().find(tenant, rows.stream().map(TaskRow::id).toList());
    return rows.stream().map(row -> now.get(row.id())).takeWhile(Objects::nonNull).toList();
  }

  /**
   * How the tasks with higher numbers than {@code after} stand, in the order of the rows: up to
   * {@code max}, and none beyond the one whose texts bring the page to {@link #OUTCOME_TEXT_MAX}.
   * Empty when there are no more. Can be asked while the batch runs.
   *
   * @param after the {@code seq} of the last task of the page before; 0 to begin
   * @throws BatonException in the future, of {@link ErrorCode#BATCH_NOT_FOUND}
   */
  public CompletableFuture<List<Outcome>> outcomes(
      TenantId tenant, BatchId id, long after, int max) {
    checkArgument(max >= 1 && max <= PAGE_MAX, "1 to %s tasks on a page", PAGE_MAX);
    return store.read(
        tx -> {
          BatchLife.required(tx, tenant, id);
          return outcomes(tx, tx.batches().tasks(tenant, id, after, max));
        });
  }

  private static List<Outcome> outcomes(Transaction tx, List<TaskRow> rows) {
    List<Outcome> outcomes = new ArrayList<>(rows.size());
    long length = 0;
    for (TaskRow row : rows) {
      if (length >= OUTCOME_TEXT_MAX) {
        break;
      }
      Optional<Result> result =
          row.state().isTerminal() ? tx.answers().result(row.seq()) : Optional.empty();
      Outcome outcome = new Outcome(row, tx.tasks().prompt(row.seq()), result);
      length += outcome.prompt().length();
      length +=
          result.flatMap(Result::completion).map(answer -> answer.content().length()).orElse(0);
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /**
   * Starts a batch that was not started yet; one that runs already is left as it is.
   *
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} in any other state
   */
  public CompletableFuture<BatchView> start(TenantId tenant, BatchId id) {
    return change(tenant, id, moves::start);
  }

  /** Hands none of its tasks out until it is resumed; those that are leased go on. */
  public CompletableFuture<BatchView> pause(TenantId tenant, BatchId id) {
    return change(tenant, id, moves::pause);
  }

  public CompletableFuture<BatchView> resume(TenantId tenant, BatchId id) {
    return change(tenant, id, moves::resume);
  }

  /** Calls off all its tasks that are not over, whoever holds them. */
  public CompletableFuture<BatchView> cancel(TenantId tenant, BatchId id) {
    return change(tenant, id, moves::cancel);
  }

  /** Lets all its tasks start over that ended without an answer: another run, if it had ended. */
  public CompletableFuture<BatchView> retry(TenantId tenant, BatchId id) {
    return change(tenant, id, moves::retry);
  }

  /**
   * Removes it with all its tasks and their results; nobody sees it from now on. Who holds one of
   * them is told with the next call that it was cancelled.
   */
  public CompletableFuture<BatchView> delete(TenantId tenant, BatchId id) {
    return change(tenant, id, moves::delete);
  }

  /**
   * Changes a batch, also while it runs. A new priority or deadline is taken on by all its tasks
   * that wait.
   *
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} when it is over and
   *     more than its name or description is to change
   */
  public CompletableFuture<BatchView> edit(TenantId tenant, BatchId id, BatchEdit edit) {
    return change(
        tenant,
        id,
        (tx, batch, now) -> moves.edit(tx, batch, edit, now, parts.calendar().instant()));
  }

  @FunctionalInterface
  private interface Change {
    void to(Transaction tx, Batch batch, Instant now);
  }

  /** The batch as the change leaves it, or as it was where the change removed it. */
  private CompletableFuture<BatchView> change(TenantId tenant, BatchId id, Change change) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Batch batch = BatchLife.required(tx, tenant, id);
          BatchView before = BatchView.of(tx, batch);
          change.to(tx, batch, clock.instant());
          return tx.batches().find(tenant, id).map(after -> BatchView.of(tx, after)).orElse(before);
        });
  }
}
