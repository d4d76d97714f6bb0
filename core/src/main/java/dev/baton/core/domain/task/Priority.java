package dev.baton.core.domain.task;

/** How many head starts a task gets over one of {@link #NORMAL} priority. */
public enum Priority {
  LOW(-1),
  NORMAL(0),
  HIGH(1),
  URGENT(2);

  private final int steps;

  Priority(int steps) {
    this.steps = steps;
  }

  /** Head starts, negative for work that yields. */
  public int steps() {
    return steps;
  }

  /** The inverse of {@link #steps}. */
  public static Priority ofSteps(int steps) {
    for (Priority priority : values()) {
      if (priority.steps == steps) {
        return priority;
      }
    }
    throw new IllegalArgumentException("no priority has " + steps + " steps");
  }
}
