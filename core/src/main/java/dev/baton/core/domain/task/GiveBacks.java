package dev.baton.core.domain.task;

import java.util.List;

/**
 * How often a holder may give a task back for one cause. A give-back is not counted as an attempt,
 * so without a bound a task that is itself the reason would come back for ever.
 */
public final class GiveBacks {
  /** Give-backs of one task for one cause; what would be the next one ends the task. */
  public static final int MAX = 20;

  /** From this one on the task stands behind the others of its line. */
  public static final int YIELDS_FROM = 3;

  private GiveBacks() {}

  /**
   * How often the task was given back for this cause since it was submitted or redriven.
   *
   * @param attempts those that ended, oldest first
   * @param attempt the number of the one that ends now
   * @param code the failure code that stands for the cause
   */
  public static int before(List<Attempt> attempts, int attempt, String code) {
    int count = 0;
    int number = attempt;
    for (int i = attempts.size() - 1; i >= 0; i--) {
      Attempt earlier = attempts.get(i);
      boolean released = earlier.outcome() == Attempt.Outcome.RELEASED;
      // Numbers only grow, and only a release gives its number back: otherwise it was redriven.
      if (earlier.number() > number || (!released && earlier.number() == number)) {
        return count;
      }
      number = earlier.number();
      if (released && earlier.failure().filter(why -> why.code().equals(code)).isPresent()) {
        count++;
      }
    }
    return count;
  }
}
