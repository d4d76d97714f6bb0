package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One lease of a task that ended without an answer; the lease that brought the answer, or still
 * runs, is told by the task itself.
 *
 * @param number counted from 1; a released attempt gives its number back
 * @param failure why it brought no answer, when its holder said so
 */
public record Attempt(
    int number, Lease lease, Instant endedAt, Outcome outcome, Optional<Failure> failure) {

  public Attempt {
    requireNonNull(lease, "lease");
    requireNonNull(endedAt, "endedAt");
    requireNonNull(outcome, "outcome");
    requireNonNull(failure, "failure");
  }

  /** How it ended. */
  public enum Outcome {
    FAILED,
    RELEASED,
    EXPIRED,
    CANCELLED,
    /** It brought an answer, and the task was run again all the same. */
    SUCCEEDED
  }
}
