package dev.baton.http.in.ops;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.usecase.webhook.WebhookDeliveries;
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
   */
  public record Stored(Map<BatchState, Long> batches, long pendingDeliveries) {
    public Stored {
      batches = Map.copyOf(batches);
    }
  }

  public GaugeValues {
    requireNonNull(stored, "stored");
    requireNonNull(deliveries, "deliveries");
    calls = Map.copyOf(calls);
  }
}
