package dev.baton.http.in.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts, since it started. Thread-safe. */
public final class ServerStats {
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger active = new AtomicInteger();
  private final LongAdder requests = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final LongAdder internalErrors = new LongAdder();

  /** Zeros. */
  public ServerStats() {}

  /** Open connections now. */
  public int connections() {
    return connections.get();
  }

  /** Requests whose reply is not sent yet. */
  public int activeRequests() {
    return active.get();
  }

  public long requests() {
    return requests.sum();
  }

  /** Requests that the gate refused. */
  public long refusals() {
    return refusals.sum();
  }

  /** Requests answered with 500: each is a bug. */
  public long internalErrors() {
    return internalErrors.sum();
  }

  int connectionOpened() {
    return connections.incrementAndGet();
  }

  int connectionClosed() {
    return connections.decrementAndGet();
  }

  void requestBegun() {
    requests.increment();
    active.incrementAndGet();
  }

  int requestEnded() {
    return active.decrementAndGet();
  }

  void refused() {
    refusals.increment();
  }

  void failed() {
    internalErrors.increment();
  }
}
