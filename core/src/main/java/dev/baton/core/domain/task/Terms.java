package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import java.time.Instant;
import java.util.Optional;

/**
 * What was agreed when the task was submitted; only an edit while it waits changes it.
 *
 * @param rank its place among the waiting, see {@link Rank}
 * @param dedupeKey as the submitter gave it
 * @param model that is to answer; waiting tasks stand in one line per queue and model
 * @param batch it belongs to
 */
public record Terms(
    QueueName queue,
    Priority priority,
    long rank,
    Instant submittedAt,
    Optional<Instant> deadline,
    RetryPolicy retry,
    Optional<GateId> gate,
    Optional<DedupeKey> dedupeKey,
    Optional<ModelName> model,
    Optional<BatchId> batch) {

  public Terms {
    requireNonNull(queue, "queue");
    requireNonNull(priority, "priority");
    requireNonNull(submittedAt, "submittedAt");
    requireNonNull(deadline, "deadline");
    requireNonNull(retry, "retry");
    requireNonNull(gate, "gate");
    requireNonNull(dedupeKey, "dedupeKey");
    requireNonNull(model, "model");
    requireNonNull(batch, "batch");
  }

  /** The same but for what an edit may change; the rank is the caller's to work out. */
  public Terms amended(Priority newPriority, long newRank, Optional<Instant> newDeadline) {
    return new Terms(
        queue,
        newPriority,
        newRank,
        submittedAt,
        newDeadline,
        retry,
        gate,
        dedupeKey,
        model,
        batch);
  }

  /** The same for another model. */
  public Terms withModel(Optional<ModelName> newModel) {
    return new Terms(
        queue, priority, rank, submittedAt, deadline, retry, gate, dedupeKey, newModel, batch);
  }

  /** The same behind another gate, or none. */
  public Terms withGate(Optional<GateId> newGate) {
    return new Terms(
        queue, priority, rank, submittedAt, deadline, retry, newGate, dedupeKey, model, batch);
  }

  /** The same at another place among the waiting. */
  public Terms withRank(long newRank) {
    return new Terms(
        queue, priority, newRank, submittedAt, deadline, retry, gate, dedupeKey, model, batch);
  }
}
