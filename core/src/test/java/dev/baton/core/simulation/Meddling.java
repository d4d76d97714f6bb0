package dev.baton.core.simulation;

import com.google.common.collect.Multiset;
import dev.baton.core.port.Store;
import dev.baton.core.port.Transaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Ways to plant a fault into a store: the rest of it goes on as before. */
final class Meddling {

  private Meddling() {}

  /** A store whose transactions are not quite what they seem. */
  static Store transactions(Store store, UnaryOperator<Transaction> meddle) {
    return new Store() {
      @Override
      public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
        return store.write(urgency, tx -> work.in(meddle.apply(tx)));
      }

      @Override
      public <R> CompletableFuture<R> read(Work<R> work) {
        return store.read(work);
      }

      @Override
      public void addReadyListener(ReadyListener listener) {
        store.addReadyListener((Multiset<Line> lines) -> listener.onReady(lines));
      }

      @Override
      public void addEventListener(EventListener listener) {
        store.addEventListener(events -> listener.onEvents(events));
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  /**
   * A transaction in which one method of one part does something else.
   *
   * @param part the method of {@link Transaction} that gives the rows
   */
  static Transaction rows(Transaction tx, String part, String method, Instead instead) {
    return (Transaction)
        Proxy.newProxyInstance(
            Transaction.class.getClassLoader(),
            new Class<?>[] {Transaction.class},
            (self, called, args) -> {
              if (called.isDefault()) {
                return InvocationHandler.invokeDefault(self, called, args);
              }
              Object rows = call(called, tx, args);
              return called.getName().equals(part)
                  ? mixed(called.getReturnType(), rows, method, instead)
                  : rows;
            });
  }

  /** What to do instead of a method; what it returns is ignored where the method says nothing. */
  @FunctionalInterface
  interface Instead {
    Object call(Object[] args);
  }

  private static Object mixed(Class<?> type, Object original, String replaced, Instead instead) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, args) ->
            method.getName().equals(replaced) ? instead.call(args) : call(method, original, args));
  }

  @SuppressWarnings("NullAway") // A void method says nothing, and nobody listens.
  private static Object call(Method method, Object target, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
