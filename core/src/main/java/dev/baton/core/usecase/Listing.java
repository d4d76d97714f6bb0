package dev.baton.core.usecase;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskPages.Query;
import dev.baton.core.port.Transaction;
import java.util.List;
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

  private static long total(Transaction tx, TenantId tenant, Query query) {
    return tx.pages().count(tenant, query);
  }
}
