package dev.baton.cli.shared;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The wish that this process ends, such as SIGTERM: whoever works long looks at it, and whoever
 * wishes it can wait until all have come to an end. Once given it stays. Thread-safe.
 */
public final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  // One party stands for the signal itself, so that the phase ends only after stop().
  private final Phaser busy = new Phaser(1);

  /** Gives the signal; safe to call twice. */
  public void stop() {
    synchronized (this) {
      if (isStopped()) {
        return;
      }
      stopped.countDown();
    }
    listeners.forEach(Runnable::run);
    busy.arriveAndDeregister();
  }

  /** Gives the signal, then waits until everything that is {@link #busy} has ended. */
  @CanIgnoreReturnValue
  public boolean stopAndAwait(Duration patience) throws InterruptedException {
    stop();
    try {
      busy.awaitAdvanceInterruptibly(0, patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Whether anybody is {@link #busy} whom the signal would have to wait for. */
  public boolean isAwaited() {
    return busy.getRegisteredParties() > (isStopped() ? 0 : 1);
  }

  /** Waits up to {@code pause}; true as soon as the signal is given. */
  public boolean await(Duration pause) throws InterruptedException {
    return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Marks its caller as at work until the handle is closed.
   *
   * @param onStop is run once, by whoever gives the signal, unless the handle is closed by then
   */
  public Busy busy(Runnable onStop) {
    busy.register();
    synchronized (this) {
      listeners.add(onStop);
    }
    if (isStopped()) {
      onStop.run();
    }
    return () -> {
      listeners.remove(onStop);
      busy.arriveAndDeregister();
    };
  }

  /** Work that the signal waits for. */
  @FunctionalInterface
  public interface Busy extends AutoCloseable {
    @Override
    void close();
  }
}
