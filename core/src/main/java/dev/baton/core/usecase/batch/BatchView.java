package dev.baton.core.usecase.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.port.Transaction;

/** A batch with its counts at one instant. */
public record BatchView(Batch batch, Tally tally) {
  public BatchView {
    requireNonNull(batch, "batch");
    requireNonNull(tally, "tally");
  }

  public static BatchView of(Transaction tx, Batch batch) {
    return new BatchView(batch, tx.batches().tally(batch.tenant(), batch.id()));
  }
}
