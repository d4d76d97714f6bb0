package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskPages.Query;
import dev.baton.core.port.Transaction;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Pages through a tenant's tasks by number. Thread-safe. */
public final class Listing {
  private final Store store;

  public Listing(Store store) {
    this.store = requireNonNull(store, "store");
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
   * @param max 1 to {@link Tasks#PAGE_MAX}
   */
  public CompletableFuture<Page> page(TenantId tenant, Query query, long skip, int max) {
    checkArgument(max >= 1 && max <= Tasks.PAGE_MAX, "1 to %s tasks on a page", Tasks.PAGE_MAX);
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
}
