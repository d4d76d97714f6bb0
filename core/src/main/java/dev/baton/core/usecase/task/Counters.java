package dev.baton.core.usecase.task;

import java.util.concurrent.atomic.LongAdder;

/**
 * What this process has done since it started, over all dialects: committed work only, and no
 * replays. Thread-safe.
 */
public final class Counters {
  private final LongAdder submitted = new LongAdder();
  private final LongAdder leased = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder expired = new LongAdder();

  public void submitted(long tasks) {
    submitted.add(tasks);
  }

  void leased(long tasks) {
    leased.add(tasks);
  }

  void answered(long tasks) {
    answered.add(tasks);
  }

  void failed(long attempts) {
    failed.add(attempts);
  }

  public void expired(long leases) {
    expired.add(leases);
  }

  /** The counts now; each is exact, together they are of nearly one instant. */
  public Snapshot snapshot() {
    return new Snapshot(submitted.sum(), leased.sum(), answered.sum(), failed.sum(), expired.sum());
  }

  /** Tasks submitted, leases granted, answers stored, attempts failed, leases expired. */
  public record Snapshot(long submitted, long leased, long answered, long failed, long expired) {}
}
