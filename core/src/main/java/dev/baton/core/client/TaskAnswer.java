package dev.baton.core.client;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.TaskState;
import java.time.Instant;
import java.util.Optional;

/**
 * How a task stands.
 *
 * @param completion the answer, of a succeeded task
 * @param failure why, of a dead task
 * @param endedAt when it was over
 */
public record TaskAnswer(
    TaskState.Kind state,
    Optional<Completion> completion,
    Optional<Failure> failure,
    Optional<Instant> endedAt) {
  public TaskAnswer {
    requireNonNull(state, "state");
    requireNonNull(completion, "completion");
    requireNonNull(failure, "failure");
    requireNonNull(endedAt, "endedAt");
  }
}
