package dev.baton.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What Ctrl-C does: the first one ends this process as Java would, with its shutdown hooks; another
 * one, which Java would not hear of meanwhile, ends it at once.
 */
final class Interrupts {
  /** SIGINT's, as a shell sees it. */
  private static final int EXIT_CODE = 130;

  /** One key press may come twice: from the terminal, and from a parent that passes it on. */
  private static final Duration SAME = Duration.ofMillis(100);

  private static final long NONE = Long.MIN_VALUE;

  private final AtomicLong first = new AtomicLong(NONE);

  private Interrupts() {}

  /**
   * Listens from now on; where Java has no signals, and where SIGINT is ignored, nothing changes.
   */
  static void listen() {
    Interrupts interrupts = new Interrupts();
    InvocationHandler onSignal =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> interrupts.interrupted();
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "interrupts";
            };
    try {
      // By name: the compiler warns of these classes, which every Java has, and takes no answer.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, onSignal);
      Object unused =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ReflectiveOperationException e) {
      System.getLogger(Interrupts.class.getName())
          .log(System.Logger.Level.DEBUG, "a second Ctrl-C will not be heard", e);
    }
  }

  /** Runs on a thread of its own for each signal. */
  private Object interrupted() {
    long now = System.nanoTime();
    if (first.compareAndSet(NONE, now)) {
      System.exit(EXIT_CODE);
    } else if (now - first.get() > SAME.toNanos()) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    return this;
  }
}
