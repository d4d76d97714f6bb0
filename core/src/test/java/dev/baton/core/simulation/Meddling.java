package dev.baton.core.simulation;

import dev.baton.core.port.AnswerRows;
import dev.baton.core.port.EventRows;
import dev.baton.core.port.Store;
import dev.baton.core.port.SupportRows;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.Transaction;
import dev.baton.core.testing.ForwardingStore;
import dev.baton.core.testing.ForwardingTransaction;
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
    return new ForwardingStore(store) {
      @Override
      public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
        return super.write(urgency, tx -> work.in(meddle.apply(tx)));
      }
    };
  }

  static Transaction tasks(Transaction tx, String method, Instead instead) {
    TaskRows tasks = mixed(TaskRows.class, tx.tasks(), method, instead);
    return new ForwardingTransaction(tx) {
      @Override
      public TaskRows tasks() {
        return tasks;
      }
    };
  }

  static Transaction answers(Transaction tx, String method, Instead instead) {
    AnswerRows answers = mixed(AnswerRows.class, tx.answers(), method, instead);
    return new ForwardingTransaction(tx) {
      @Override
      public AnswerRows answers() {
        return answers;
      }
    };
  }

  static Transaction support(Transaction tx, String method, Instead instead) {
    SupportRows support = mixed(SupportRows.class, tx.support(), method, instead);
    return new ForwardingTransaction(tx) {
      @Override
      public SupportRows support() {
        return support;
      }
    };
  }

  static Transaction events(Transaction tx, String method, Instead instead) {
    EventRows events = mixed(EventRows.class, tx.events(), method, instead);
    return new ForwardingTransaction(tx) {
      @Override
      public EventRows events() {
        return events;
      }
    };
  }

  /** What to do instead of a method; what it returns is ignored where the method says nothing. */
  @FunctionalInterface
  interface Instead {
    Object call(Object[] args);
  }

  private static <T> T mixed(Class<T> type, T original, String replaced, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) ->
                method.getName().equals(replaced)
                    ? instead.call(args)
                    : call(method, original, args)));
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
