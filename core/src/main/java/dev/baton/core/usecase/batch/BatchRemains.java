package dev.baton.core.usecase.batch;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import dev.baton.core.runtime.Blocking;
import java.time.Instant;
import java.util.Optional;

/**
 * What is left of batches that nobody sees any more: imports that a process did not end, and
 * batches that were deleted. They hold names until the sweep has removed them, which whoever needs
 * a name does not wait for. Holds no state.
 */
final class BatchRemains {
  private final BatchParts parts;
  private final TenantId tenant;

  BatchRemains(BatchParts parts, TenantId tenant) {
    this.parts = parts;
    this.tenant = tenant;
  }

  /** Whether a batch is on its way out. */
  boolean isLeaving(Batch batch, Instant now) {
    return batch.state() == BatchState.DELETING
        || (batch.state() == BatchState.IMPORTING && !parts.walk().isImporting(batch, now));
  }

  /** Removes a batch that is on its way out, page by page; does nothing to any other. Blocks. */
  void remove(BatchId id) {
    boolean more = true;
    while (more) {
      more = Blocking.on(parts.store().write(Urgency.SUBMIT, tx -> removePage(tx, id)));
    }
  }

  private boolean removePage(Transaction tx, BatchId id) {
    Instant now = parts.clock().instant();
    Optional<Batch> leaving = leaving(tx, id, now);
    leaving
        .filter(batch -> batch.state() == BatchState.IMPORTING)
        .ifPresent(batch -> BatchWalk.abandon(tx, batch, now));
    leaving(tx, id, now).ifPresent(batch -> parts.walk().page(tx, batch, now));
    return leaving(tx, id, now).isPresent();
  }

  private Optional<Batch> leaving(Transaction tx, BatchId id, Instant now) {
    return tx.batches().find(tenant, id).filter(batch -> isLeaving(batch, now));
  }
}
