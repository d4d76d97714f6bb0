package dev.baton.core.domain.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one number that orders waiting tasks: lower goes first, equal ranks go by submit order.
 *
 * <p>It is the submit instant in epoch milliseconds, less one head start per priority step, so that
 * a low priority waits at most that much longer and nothing starves. A deadline that is nearer than
 * one head start moves the task ahead by what is missing, at most by one head start. A retry keeps
 * its rank.
 */
public final class Rank {

  private static final Duration FRONT = Duration.ofDays(36_500);

  private Rank() {}

  public static long of(
      Instant submittedAt, Priority priority, Optional<Instant> deadline, Duration headStart) {
    long submitted = submittedAt.toEpochMilli();
    long step = headStart.toMillis();
    long urgency =
        deadline
            .map(end -> Math.max(0, Math.min(step, submitted + step - end.toEpochMilli())))
            .orElse(0L);
    return submitted - urgency - priority.steps() * step;
  }

  /** Where a task of these terms comes to stand with another priority or deadline. */
  public static long moved(
      Terms terms, Priority priority, Optional<Instant> deadline, Duration headStart) {
    Instant at = terms.submittedAt();
    return terms.rank()
        + of(at, priority, deadline, headStart)
        - of(at, terms.priority(), terms.deadline(), headStart);
  }

  /** After all that was submitted until now, whatever its priority. */
  public static long behind(Instant now, Duration headStart) {
    return of(now, Priority.LOW, Optional.empty(), headStart);
  }

  /** Before all that is or will be submitted, and after what was put there earlier. */
  public static long front(Instant now) {
    return now.toEpochMilli() - FRONT.toMillis();
  }
}
