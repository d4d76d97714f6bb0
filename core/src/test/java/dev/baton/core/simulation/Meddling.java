package dev.baton.core.simulation;

import dev.baton.core.port.Store;
import dev.baton.core.port.Transaction;
import dev.baton.core.testing.ForwardingStore;
import dev.baton.core.testing.ForwardingTransaction;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Ways to plant a fault into a store: the rest of it goes on as before. */
final class Meddling {

  private Meddling() {}

  /** A store whose transactions are not quite what they seem. */
  static Store transactions(Store store, UnaryOperator<Transaction> meddle) {
    return new ForwardingStore(store) {
      @Override
      public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
        return super.write(urgency, tx -> work.in(meddle.apply(tx)));
      }
    };
  }

  /** A transaction in which one method of one part does something else. */
  static <T> Transaction rows(
      Transaction tx, Class<T> part, String method, ForwardingTransaction.Instead instead) {
    return ForwardingTransaction.replacing(
        tx, part, rows -> ForwardingTransaction.overriding(part, rows, method, instead));
  }
}
