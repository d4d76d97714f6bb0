package dev.baton.core.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The wall clock without its jumps: it never goes back, follows the wall clock's small corrections,
 * and ignores a jump of more than {@value #JUMP_MILLIS} ms either way, running on by the monotonic
 * clock. So no lease grows or shrinks because an operator sets the time. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
  private static final long JUMP_MILLIS = 2_000;

  private final LongSupplier wallMillis;
  private final LongSupplier nanos;
  private long anchorMillis;
  private long anchorNanos;
  private long last;

  /**
   * @param floor the latest instant that was ever stored: the clock starts no earlier
   */
  public SteadyClock(Instant floor) {
    this(floor, System::currentTimeMillis, System::nanoTime);
  }

  SteadyClock(Instant floor, LongSupplier wallMillis, LongSupplier nanos) {
    this.wallMillis = wallMillis;
    this.nanos = nanos;
    this.anchorMillis = Math.max(floor.toEpochMilli(), wallMillis.getAsLong());
    this.anchorNanos = nanos.getAsLong();
    this.last = anchorMillis;
  }

  @Override
  public synchronized Instant instant() {
    long nanosNow = nanos.getAsLong();
    long steady = anchorMillis + (nanosNow - anchorNanos) / 1_000_000;
    long wall = wallMillis.getAsLong();
    long now = steady;
    if (Math.abs(wall - steady) <= JUMP_MILLIS) {
      now = wall;
      anchorMillis = wall;
      anchorNanos = nanosNow;
    }
    last = Math.max(last, now);
    return Instant.ofEpochMilli(last);
  }
}
