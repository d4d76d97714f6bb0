package dev.baton.http.out.upstream;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** At most one thing that is done after a time. Thread-safe. */
final class Alarm {
  private final ScheduledExecutorService timer;
  private @Nullable Future<?> set;

  Alarm(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Takes the place of what was set before; does nothing once the timer is shut down. */
  synchronized void set(Duration after, Runnable action) {
    cancel();
    try {
      set = timer.schedule(action, after.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The client is closed, which ends every call.
      set = null;
    }
  }

  synchronized void cancel() {
    if (set != null) {
      set.cancel(false);
      set = null;
    }
  }
}
