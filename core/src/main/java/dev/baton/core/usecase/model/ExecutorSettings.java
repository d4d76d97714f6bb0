package dev.baton.core.usecase.model;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import java.time.Duration;
import java.util.List;

/**
 * What the {@link Executor} takes, and how much at once.
 *
 * @param worker the name it leases under
 * @param queues 1 to 16, asked together
 * @param concurrency calls at once, 1 to {@link #CONCURRENCY_MAX}
 * @param perTenant calls at once for one tenant, 1 to {@link #CONCURRENCY_MAX}
 * @param lease how long its leases are; extended after each third of it; at least 1 s
 */
public record ExecutorSettings(
    WorkerId worker, List<QueueName> queues, int concurrency, int perTenant, Duration lease) {
  public static final int CONCURRENCY_MAX = 10_000;

  public static final ExecutorSettings DEFAULT =
      new ExecutorSettings(
          new WorkerId("baton-executor"),
          List.of(QueueName.DEFAULT),
          16,
          CONCURRENCY_MAX,
          Duration.ofSeconds(60));

  public ExecutorSettings {
    requireNonNull(worker, "worker");
    queues = List.copyOf(queues);
    checkArgument(!queues.isEmpty() && queues.size() <= 16, "1 to 16 queues");
    checkArgument(
        concurrency >= 1 && concurrency <= CONCURRENCY_MAX,
        "concurrency is from 1 to %s",
        CONCURRENCY_MAX);
    checkArgument(
        perTenant >= 1 && perTenant <= CONCURRENCY_MAX,
        "concurrency per tenant is from 1 to %s",
        CONCURRENCY_MAX);
    checkArgument(lease.toMillis() >= 1_000, "a lease is at least 1 s");
  }

  /** The same with room for so many calls. */
  public ExecutorSettings withConcurrency(int calls) {
    return new ExecutorSettings(worker, queues, calls, perTenant, lease);
  }

  /** The same with room for so many calls of one tenant's. */
  public ExecutorSettings withPerTenant(int calls) {
    return new ExecutorSettings(worker, queues, concurrency, calls, lease);
  }

  /** The same for other queues. */
  public ExecutorSettings withQueues(List<QueueName> others) {
    return new ExecutorSettings(worker, others, concurrency, perTenant, lease);
  }
}
