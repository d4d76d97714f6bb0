package dev.baton.core.testing;

import dev.baton.core.port.Transaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/** Transactions that hand each call on to another one. */
public final class ForwardingTransaction {

  private ForwardingTransaction() {}

  /**
   * A transaction of which one part is another.
   *
   * @param part the interface of the rows that are replaced, such as {@code TaskRows}
   */
  public static <T> Transaction replacing(
      Transaction tx, Class<T> part, UnaryOperator<T> replacement) {
    return proxy(
        Transaction.class,
        (self, method, args) -> {
          if (method.isDefault()) {
            return InvocationHandler.invokeDefault(self, method, args);
          }
          Object rows = call(method, tx, args);
          return method.getReturnType().equals(part) ? replacement.apply(part.cast(rows)) : rows;
        });
  }

  /** Rows of which one method does something else. */
  public static <T> T overriding(Class<T> part, T rows, String method, Instead instead) {
    return proxy(
        part,
        (self, called, args) ->
            called.getName().equals(method) ? instead.call(args) : call(called, rows, args));
  }

  /** What to do instead of a method; what it returns is ignored where the method says nothing. */
  @FunctionalInterface
  public interface Instead {
    Object call(Object[] args);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
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
