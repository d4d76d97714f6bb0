package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Rank;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Looks tasks up, and changes them from outside: cancel, redrive, edit. Thread-safe. */
public final class Tasks {
  /** Tasks on one page of a list. */
  public static final int PAGE_MAX = 1_000;

  private final Store store;
  private final InstantSource clock;
  private final Settings settings;

  public Tasks(Store store, InstantSource clock, Settings settings) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.settings = requireNonNull(settings, "settings");
  }

  /** The task as it stands; empty when the tenant has none of this id. */
  public CompletableFuture<Optional<Task>> find(TenantId tenant, TaskId id) {
    return store.read(tx -> row(tx, tenant, id).map(row -> task(tx, row)));
  }

  /** A task without its prompt, with how it ended if it is succeeded or dead. */
  public record Ending(TaskRow row, Optional<Result> result) {}

  /** How tasks stand, of those that exist among {@code ids}, up to {@link #PAGE_MAX}. */
  public CompletableFuture<Map<TaskId, Ending>> endings(TenantId tenant, List<TaskId> ids) {
    checkArgument(ids.size() <= PAGE_MAX, "%s tasks at once", PAGE_MAX);
    return store.read(
        tx -> {
          Map<TaskId, Ending> endings = new HashMap<>();
          tx.tasks().find(tenant, ids).forEach((id, row) -> endings.put(id, ending(tx, row)));
          return endings;
        });
  }

  private static Ending ending(Transaction tx, TaskRow row) {
    // Most of those asked about are still under way, and have no result to look for.
    return new Ending(
        row, row.state().isTerminal() ? tx.answers().result(row.seq()) : Optional.empty());
  }

  /**
   * A page of tasks without their texts, newest first.
   *
   * @param before only tasks whose {@code seq} is lower; {@link Long#MAX_VALUE} for the first page
   * @param max 1 to {@link #PAGE_MAX}
   */
  public CompletableFuture<List<TaskRow>> list(
      TenantId tenant, Filter filter, long before, int max) {
    checkArgument(max >= 1 && max <= PAGE_MAX, "1 to %s tasks on a page", PAGE_MAX);
    return store.read(tx -> tx.tasks().list(tenant, filter, before, max));
  }

  /**
   * The pieces of a running or finished answer that follow piece {@code afterNumber} of the lease
   * with {@code token}; when a later lease has begun to answer, its pieces from the first on.
   */
  public CompletableFuture<List<Chunk>> chunks(
      TenantId tenant, TaskId id, long token, int afterNumber, int max) {
    return store.read(
        tx -> tx.answers().chunks(required(tx, tenant, id).seq(), token, afterNumber, max));
  }

  /**
   * Calls the task off, whoever holds it: its holder hears of it with the next call. Cancelling a
   * cancelled task changes nothing.
   *
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} when it is over
   */
  public CompletableFuture<TaskRow> cancel(TenantId tenant, TaskId id) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          TaskRow row = required(tx, tenant, id);
          Kind state = row.state();
          if (state == Kind.CANCELLED) {
            return row;
          }
          if (state.isTerminal()) {
            throw invalid(id, state, "cancelled");
          }
          return Endings.cancel(tx, row, now);
        });
  }

  /**
   * Gives a dead or cancelled task all its attempts again, at its old place in the queue. A
   * deadline that has passed is dropped.
   *
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} in any other state
   */
  public CompletableFuture<TaskRow> redrive(TenantId tenant, TaskId id) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          TaskRow row = required(tx, tenant, id);
          Kind state = row.state();
          if (state != Kind.DEAD && state != Kind.CANCELLED) {
            throw invalid(id, state, "redriven");
          }
          return Endings.revive(tx, row, now);
        });
  }

  /** What to change of a task that waits; absent stays as it is. */
  public record Edit(
      Optional<String> text,
      Optional<Metadata> metadata,
      Optional<Priority> priority,
      Optional<Instant> startAt,
      Optional<Instant> deadline) {

    /** Changes text and metadata together. */
    public Edit(
        Optional<Prompt> prompt,
        Optional<Priority> priority,
        Optional<Instant> startAt,
        Optional<Instant> deadline) {
      this(prompt.map(Prompt::text), prompt.map(Prompt::metadata), priority, startAt, deadline);
    }
  }

  /**
   * Changes a task that nobody holds; a new priority or deadline ranks it anew from its submit
   * instant.
   *
   * @throws BatonException in the future, of {@link ErrorCode#INVALID_STATE} when it is leased or
   *     over
   */
  public CompletableFuture<TaskRow> edit(TenantId tenant, TaskId id, Edit edit) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          TaskRow row = required(tx, tenant, id);
          Kind state = row.state();
          if (state != Kind.HELD && state != Kind.READY) {
            throw invalid(id, state, "edited");
          }
          TaskRow amended = row.with(edited(row.terms(), edit));
          tx.tasks().amend(amended, edited(tx.tasks().prompt(row.seq()), edit));
          TaskRow moved = edit.startAt().map(at -> moveStart(tx, amended, at, now)).orElse(amended);
          Journal.tell(tx, row, moved, TaskEvent.Kind.EDITED, now);
          return moved;
        });
  }

  private static Prompt edited(Prompt prompt, Edit edit) {
    return new Prompt(
        edit.text().orElse(prompt.text()),
        edit.metadata().orElse(prompt.metadata()),
        prompt.parameters());
  }

  private Terms edited(Terms terms, Edit edit) {
    Priority priority = edit.priority().orElse(terms.priority());
    Optional<Instant> deadline = edit.deadline().or(terms::deadline);
    long rank = Rank.of(terms.submittedAt(), priority, deadline, settings.headStart());
    return terms.amended(priority, rank, deadline);
  }

  private static TaskRow moveStart(Transaction tx, TaskRow row, Instant startAt, Instant now) {
    Waiting waiting = Gatekeeper.reenter(tx, row, startAt.toEpochMilli(), now);
    TaskRow moved = row.with(row.leaseState().waiting(waiting, now.toEpochMilli()));
    tx.tasks().update(List.of(moved));
    return moved;
  }

  static Task task(Transaction tx, TaskRow row) {
    long seq = row.seq();
    Result result = tx.answers().result(seq).orElse(null);
    return new Task(
        row,
        tx.tasks().prompt(seq),
        row.state(result),
        tx.answers().attempts(seq),
        tx.answers().alternatives(seq),
        tx.answers().progress(seq));
  }

  private static Optional<TaskRow> row(Transaction tx, TenantId tenant, TaskId id) {
    return Optional.ofNullable(tx.tasks().find(tenant, List.of(id)).get(id));
  }

  private static TaskRow required(Transaction tx, TenantId tenant, TaskId id) {
    return row(tx, tenant, id).orElseThrow(() -> TaskRefusals.unknown(id));
  }

  private static BatonException invalid(TaskId id, Kind state, String verb) {
    return new BatonException(
        ErrorCode.INVALID_STATE,
        "task %s %s and can't be %s".formatted(id, States.said(state), verb));
  }
}
