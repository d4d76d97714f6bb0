package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.port.TaskRows;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a worker asks for.
 *
 * @param queues 1 to 16 queues; the lowest rank over all of them goes first
 * @param lease how long, from 1 ms to {@link Settings#leaseMax}
 * @param models which models it answers for
 * @param evenPaused models whose tasks are taken although the model is paused, because the asker
 *     has another that answers in its place
 * @param max tasks at most, 1 to {@link #TASKS_MAX}
 * @param maxCharacters tasks whose prompt is not {@link Prompt#isWithin within} it stay where they
 *     are, for others; at least 1, {@link TaskRows#ANY_LENGTH} for all
 */
public record LeaseRequest(
    TenantId tenant,
    List<QueueName> queues,
    ModelFilter models,
    Set<ModelName> evenPaused,
    WorkerId worker,
    Duration lease,
    int max,
    int maxCharacters) {
  /** Tasks that one call may lease. */
  public static final int TASKS_MAX = 1_000;

  public LeaseRequest {
    requireNonNull(models, "models");
    requireNonNull(tenant, "tenant");
    requireNonNull(worker, "worker");
    queues = List.copyOf(queues);
    evenPaused = Set.copyOf(evenPaused);
    checkArgument(!queues.isEmpty() && queues.size() <= 16, "1 to 16 queues");
    checkArgument(lease.toMillis() >= 1, "a lease is at least 1 ms");
    checkArgument(max >= 1 && max <= TASKS_MAX, "1 to %s tasks at once", TASKS_MAX);
    checkArgument(maxCharacters >= 1, "a prompt has at least 1 character");
  }

  /** For these models, as long as they are not paused. */
  public LeaseRequest(
      TenantId tenant,
      List<QueueName> queues,
      ModelFilter models,
      WorkerId worker,
      Duration lease,
      int max) {
    this(tenant, queues, models, Set.of(), worker, lease, max, TaskRows.ANY_LENGTH);
  }

  /** For any model. */
  public LeaseRequest(
      TenantId tenant, List<QueueName> queues, WorkerId worker, Duration lease, int max) {
    this(tenant, queues, ModelFilter.ANY, worker, lease, max);
  }

  /** The same, for prompts of so many characters at most. */
  public LeaseRequest within(int characters) {
    return new LeaseRequest(tenant, queues, models, evenPaused, worker, lease, max, characters);
  }
}
