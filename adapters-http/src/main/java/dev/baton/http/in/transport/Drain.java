package dev.baton.http.in.transport;

import java.time.Duration;

/** Whether the server is going down, and how it waits for what it has accepted. Thread-safe. */
final class Drain {
  // Long enough for a client that sends its next request right now to hear that it is the last.
  private static final Duration GRACE = Duration.ofMillis(200);

  private final ServerStats stats;
  private volatile boolean draining;

  Drain(ServerStats stats) {
    this.stats = stats;
  }

  boolean isDraining() {
    return draining;
  }

  /**
   * Blocks until every accepted request is answered, or the time is over: whether it was in time.
   */
  boolean await(Duration atMost) throws InterruptedException {
    draining = true;
    long start = System.nanoTime();
    long deadline = start + atMost.toNanos();
    long graceOver = Math.min(deadline, start + GRACE.toNanos());
    synchronized (this) {
      while (true) {
        long now = System.nanoTime();
        boolean quiet = stats.activeRequests() == 0;
        if ((quiet && now - graceOver >= 0) || now - deadline >= 0) {
          return quiet;
        }
        long until = quiet ? graceOver : deadline;
        // Never 0, which would mean for ever.
        wait(Math.max(1, (until - now) / 1_000_000));
      }
    }
  }

  synchronized void requestEnded() {
    notifyAll();
  }
}
