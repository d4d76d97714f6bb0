package dev.baton.core.simulation;

import dev.baton.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when: the clock leaps from one entry to the next. */
final class Agenda {
  private final ManualClock clock;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::number));
  private long number;

  Agenda(ManualClock clock) {
    this.clock = clock;
  }

  private record Entry(Instant at, long number, Runnable action) {}

  void after(Duration delay, Runnable action) {
    entries.add(new Entry(clock.instant().plus(delay), number++, action));
  }

  /** Does the next thing; false when nothing is left. */
  boolean step() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    if (next.at().isAfter(clock.instant())) {
      clock.advance(Duration.between(clock.instant(), next.at()));
    }
    next.action().run();
    return true;
  }

  void clear() {
    entries.clear();
  }
}
