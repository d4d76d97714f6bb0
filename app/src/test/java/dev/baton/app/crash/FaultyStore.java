package dev.baton.app.crash;

import dev.baton.core.port.Store;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.Transaction;
import dev.baton.core.testing.ForwardingStore;
import dev.baton.core.testing.ForwardingTransaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A store with a fault planted into its tasks, or into when it says that it is done. */
final class FaultyStore extends ForwardingStore {
  private static final long SLOW_COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  private final Fault fault;

  FaultyStore(Store inner, Fault fault) {
    super(inner);
    this.fault = fault;
  }

  @Override
  public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
    if (fault != Fault.ACK_BEFORE_COMMIT) {
      return super.write(urgency, tx -> work.in(planted(tx)));
    }
    CompletableFuture<R> early = new CompletableFuture<>();
    var unused =
        super.write(
                urgency,
                tx -> {
                  R done = work.in(tx);
                  early.complete(done);
                  if (urgency == Urgency.SUBMIT) {
                    slowDown();
                  }
                  return done;
                })
            .exceptionally(
                error -> {
                  early.completeExceptionally(error);
                  throw new IllegalStateException(error);
                });
    return early;
  }

  /** Most of the time a commit is under way, so that a kill is likely to meet one. */
  private static void slowDown() {
    long until = System.nanoTime() + SLOW_COMMIT_NANOS;
    for (long left = SLOW_COMMIT_NANOS; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private Transaction planted(Transaction tx) {
    return ForwardingTransaction.replacing(tx, TaskRows.class, rows -> fault.plantedIn(tx));
  }
}
