package dev.baton.core.testing;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves only when a test says so, and never back. Thread-safe. */
public final class ManualClock implements InstantSource {
  private Instant now;

  public ManualClock() {
    this(Instant.parse("2025-01-15T10:30:00Z"));
  }

  public ManualClock(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized void advance(Duration by) {
    checkArgument(!by.isNegative(), "time does not go back, was %s", by);
    now = now.plus(by);
  }

  /** As a wall clock that is set, also back. */
  public synchronized void jump(Duration by) {
    now = now.plus(by);
  }
}
