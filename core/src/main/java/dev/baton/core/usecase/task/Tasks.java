package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskPages.Query;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.port.Transaction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Looks tasks up, and pages through them. Thread-safe. */
public final class Tasks {
  /** Tasks on one page of a list. */
  public static final int PAGE_MAX = 1_000;

  private static final long EXCERPT_TEXT_MAX = 8 << 20;

  private final Store store;

  public Tasks(Store store) {
    this.store = requireNonNull(store, "store");
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
   * A line of a list.
   *
   * @param excerpt the beginning of what is asked, unless too much was read before
   */
  public record Line(TaskRow row, Optional<String> excerpt) {}

  /**
   * As {@link #list}, with beginnings of the prompts. They are read whole, so the lines after some
   * megabytes of them have none.
   *
   * @param length UTF-16 units of an excerpt, at most; 0 for none
   */
  public CompletableFuture<List<Line>> lines(
      TenantId tenant, Filter filter, long before, int max, int length) {
    checkArgument(max >= 1 && max <= PAGE_MAX, "1 to %s tasks on a page", PAGE_MAX);
    return store.read(
        tx -> {
          List<Line> lines = new ArrayList<>();
          long read = length == 0 ? EXCERPT_TEXT_MAX : 0;
          for (TaskRow row : tx.tasks().list(tenant, filter, before, max)) {
            Optional<String> text =
                read < EXCERPT_TEXT_MAX
                    ? Optional.of(tx.tasks().prompt(row.seq()).text())
                    : Optional.empty();
            read += text.map(String::length).orElse(0);
            lines.add(new Line(row, text.map(whole -> beginning(whole, length))));
          }
          return lines;
        });
  }

  /** Never half of a character. */
  private static String beginning(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splits ? length - 1 : length);
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

  /** A part of a list, and how long the whole of it is. */
  public record Page(List<TaskRow> rows, long total) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A page of the tasks that match, without their texts. The total is kept, not counted, unless the
   * query bounds the time of submitting.
   *
   * @param skip tasks before the page; a page past the end is empty, and costs nothing
   * @param max 1 to {@link #PAGE_MAX}
   */
  public CompletableFuture<Page> page(TenantId tenant, Query query, long skip, int max) {
    checkArgument(max >= 1 && max <= PAGE_MAX, "1 to %s tasks on a page", PAGE_MAX);
    checkArgument(skip >= 0, "skip is not negative");
    return store.read(
        tx -> {
          long total = total(tx, tenant, query);
          // Not one more than there are: looking for another would mean looking at all the rest.
          int rows = (int) Math.min(max, Math.max(0, total - skip));
          return new Page(
              rows == 0 ? List.of() : tx.pages().page(tenant, query, skip, rows), total);
        });
  }

  /** The X-Request-ID, or what stands for it, of the request that made a task; by its number. */
  public CompletableFuture<Optional<String>> origin(long seq) {
    return store.read(tx -> tx.requests().origin(seq));
  }

  private static long total(Transaction tx, TenantId tenant, Query query) {
    if (query.after().isPresent() || query.before().isPresent()) {
      return tx.pages().count(tenant, query);
    }
    Set<Kind> states = query.states().isEmpty() ? EnumSet.allOf(Kind.class) : query.states();
    Tally tally =
        query
            .batch()
            .map(batch -> tally(tx, tenant, batch))
            .orElseGet(() -> tx.counts().of(tenant));
    return states.stream().mapToLong(tally::of).sum();
  }

  private static Tally tally(Transaction tx, TenantId tenant, BatchId batch) {
    return tx.batches().find(tenant, batch).isPresent()
        ? tx.batches().tally(tenant, batch)
        : Tally.NONE;
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

  static TaskRow required(Transaction tx, TenantId tenant, TaskId id) {
    return row(tx, tenant, id).orElseThrow(() -> TaskRefusals.unknown(id));
  }
}
