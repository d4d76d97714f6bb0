package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;

/** How many tasks stand in each state at one instant. */
public record Tally(long held, long ready, long leased, long succeeded, long dead, long cancelled) {
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

  public Tally {
    checkArgument(
        held >= 0 && ready >= 0 && leased >= 0 && succeeded >= 0 && dead >= 0 && cancelled >= 0,
        "a count is not negative");
  }

  public long total() {
    return open() + over();
  }

  /** Tasks that are not over. */
  public long open() {
    return held + ready + leased;
  }

  public long over() {
    return succeeded + dead + cancelled;
  }

  public long of(TaskState.Kind state) {
    return switch (state) {
      case HELD -> held;
      case READY -> ready;
      case LEASED -> leased;
      case SUCCEEDED -> succeeded;
      case DEAD -> dead;
      case CANCELLED -> cancelled;
    };
  }

  /** So many more in {@code state}, or fewer. */
  public Tally plus(TaskState.Kind state, long count) {
    return switch (state) {
      case HELD -> new Tally(held + count, ready, leased, succeeded, dead, cancelled);
      case READY -> new Tally(held, ready + count, leased, succeeded, dead, cancelled);
      case LEASED -> new Tally(held, ready, leased + count, succeeded, dead, cancelled);
      case SUCCEEDED -> new Tally(held, ready, leased, succeeded + count, dead, cancelled);
      case DEAD -> new Tally(held, ready, leased, succeeded, dead + count, cancelled);
      case CANCELLED -> new Tally(held, ready, leased, succeeded, dead, cancelled + count);
    };
  }
}
