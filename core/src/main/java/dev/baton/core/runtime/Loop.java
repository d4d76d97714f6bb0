package dev.baton.core.runtime;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One daemon thread that does the same round again and again, from {@link #start} to {@link
 * #close}: a tick after the last round ended, or as soon as it is woken. Thread-safe.
 */
public final class Loop {
  private final Duration tick;
  private final Runnable round;
  private final Consumer<Throwable> onError;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param name of the thread
   * @param tick how late what is due may be noticed, when nobody wakes the loop
   * @param onError is told, on the thread, of what a round threw; the next round comes all the same
   */
  public Loop(String name, Duration tick, Runnable round, Consumer<Throwable> onError) {
    this.tick = requireNonNull(tick, "tick");
    this.round = requireNonNull(round, "round");
    this.onError = requireNonNull(onError, "onError");
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Begins; call once. */
  public void start() {
    thread.start();
  }

  /** Lets the next round begin at once, also when one is running; costs little. */
  public void wake() {
    wakes.release();
  }

  private void run() {
    while (!closed) {
      try {
        if (wakes.tryAcquire(tick.toMillis(), TimeUnit.MILLISECONDS)) {
          wakes.drainPermits();
        }
        if (!closed) {
          round.run();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        onError.accept(e);
      }
    }
  }

  public boolean isClosed() {
    return closed;
  }

  /**
   * Ends the thread, letting a running round finish for {@code patience} before it is interrupted.
   */
  public void close(Duration patience) {
    closed = true;
    wake();
    try {
      if (patience.isZero() || !join(patience)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private boolean join(Duration patience) throws InterruptedException {
    thread.join(patience.toMillis());
    return !thread.isAlive();
  }
}
