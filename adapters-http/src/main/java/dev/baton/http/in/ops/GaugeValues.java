package dev.baton.http.in.ops;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Comparators;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.usecase.webhook.WebhookDeliveries;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The values of the gauges, at one scrape.
 *
 * @param stored what the store holds; empty when it did not answer
 * @param deliveries what came of messages to webhooks; empty where none are sent
 * @param calls calls under way, by model
 */
public record GaugeValues(
    Optional<Stored> stored,
    Optional<WebhookDeliveries.Counts> deliveries,
    Map<ModelName, Integer> calls) {
  public static final GaugeValues NONE =
      new GaugeValues(Optional.empty(), Optional.empty(), Map.of());

  /**
   * What the store holds.
   *
   * @param batches by state; a state may be left out that none is in
   * @param pendingDeliveries messages to webhooks that are not over
   * @param queues by name: those with most tasks, of all tenants together
   */
  public record Stored(
      Map<BatchState, Long> batches, long pendingDeliveries, Map<QueueName, Queue> queues) {
    public Stored {
      batches = Map.copyOf(batches);
      queues = Map.copyOf(queues);
    }
  }

  /**
   * How full a queue is.
   *
   * @param readyAge how long the ready task has waited that is next in line
   * @param leasedAge how long the task has been held that was leased first
   */
  public record Queue(long held, long ready, long leased, Duration readyAge, Duration leasedAge) {
    /** Both together. */
    public Queue plus(Queue other) {
      return new Queue(
          held + other.held,
          ready + other.ready,
          leased + other.leased,
          Comparators.max(readyAge, other.readyAge),
          Comparators.max(leasedAge, other.leasedAge));
    }
  }

  public GaugeValues {
    requireNonNull(stored, "stored");
    requireNonNull(deliveries, "deliveries");
    calls = Map.copyOf(calls);
  }
}
