package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What was agreed when the task was submitted; only an edit while it waits changes it.
 *
 * @param rank its place among the waiting, see {@link Rank}
 * @param dedupeKey as the submitter gave it
 */
public record Terms(
    QueueName queue,
    Priority priority,
    long rank,
    Instant submittedAt,
    Optional<Instant> deadline,
    RetryPolicy retry,
    Optional<GateId> gate,
    Optional<DedupeKey> dedupeKey) {

  public Terms {
    requireNonNull(queue, "queue");
    requireNonNull(priority, "priority");
    requireNonNull(submittedAt, "submittedAt");
    requireNonNull(deadline, "deadline");
    requireNonNull(retry, "retry");
    requireNonNull(gate, "gate");
    requireNonNull(dedupeKey, "dedupeKey");
  }

  /** The same but for what an edit may change; the rank is the caller's to work out. */
  public Terms amended(Priority newPriority, long newRank, Optional<Instant> newDeadline) {
    return new Terms(queue, newPriority, newRank, submittedAt, newDeadline, retry, gate, dedupeKey);
  }
}
