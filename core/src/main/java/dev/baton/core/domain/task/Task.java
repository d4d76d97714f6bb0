package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task as it stood at one instant, with its texts.
 *
 * @param attempts leases that ended without an answer, oldest first
 * @param alternatives answers that came after the one that counts, oldest first
 * @param progress what the running attempt said last
 */
public record Task(
    TaskRow row,
    Prompt prompt,
    TaskState state,
    List<Attempt> attempts,
    List<Completion> alternatives,
    Optional<Progress> progress) {

  public Task {
    requireNonNull(row, "row");
    requireNonNull(prompt, "prompt");
    requireNonNull(state, "state");
    attempts = List.copyOf(attempts);
    alternatives = List.copyOf(alternatives);
  }

  public TaskId id() {
    return row.id();
  }

  public Instant submittedAt() {
    return row.terms().submittedAt();
  }

  /** The answer, once there is one. */
  public Optional<Completion> completion() {
    return state instanceof TaskState.Succeeded succeeded
        ? Optional.of(succeeded.completion())
        : Optional.empty();
  }

  /** The lease that brought the answer; empty without an answer, and for one without a lease. */
  public Optional<Attempt> answering() {
    LeaseState leaseState = row.leaseState();
    if (leaseState.state() != TaskState.Kind.SUCCEEDED || leaseState.leasedAt() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Attempt(
            leaseState.attempts(),
            row.lease(),
            Instant.ofEpochMilli(leaseState.changedAt()),
            Attempt.Outcome.SUCCEEDED,
            Optional.empty()));
  }

  /**
   * Names the task as it is: another name whenever what is asked, its terms or its state changed. A
   * hash, in 16 hexadecimal digits.
   */
  public String version() {
    return TaskVersion.of(row, prompt);
  }

  /** Why it is dead, once it is. */
  public Optional<Failure> failure() {
    return state instanceof TaskState.Dead dead ? Optional.of(dead.failure()) : Optional.empty();
  }
}
