package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What was agreed when the task was submitted; only an edit while it waits changes it.
 *
 * @param rank its place among the waiting, see {@link Rank}
 */
public record Terms(
    QueueName queue,
    Priority priority,
    long rank,
    Instant submittedAt,
    Optional<Instant> deadline,
    RetryPolicy retry,
    Optional<GateId> gate) {

  public Terms {
    requireNonNull(queue, "queue");
    requireNonNull(priority, "priority");
    requireNonNull(submittedAt, "submittedAt");
    requireNonNull(deadline, "deadline");
    requireNonNull(retry, "retry");
    requireNonNull(gate, "gate");
  }
}
