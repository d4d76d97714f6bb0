package dev.baton.http.in.ops;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.usecase.webhook.WebhookDeliveries;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The meters whose values, or whose labels, are only known when they are asked for. */
final class Gauges {
  private final MultiGauge batches;
  private final MultiGauge tasks;
  private final MultiGauge ages;
  private final MultiGauge pending;
  private final MultiGauge calls;
  private volatile WebhookDeliveries.Counts deliveries = new WebhookDeliveries.Counts(0, 0, 0);

  Gauges(MeterRegistry registry) {
    batches =
        MultiGauge.builder("baton.batches").description("Batches, by state.").register(registry);
    tasks =
        MultiGauge.builder("baton.queue.tasks")
            .description("Tasks that are not over, by queue and state.")
            .register(registry);
    ages =
        MultiGauge.builder("baton.queue.oldest.age.seconds")
            .description("How long the next one waits, and the first leased one is held, by queue.")
            .register(registry);
    pending =
        MultiGauge.builder("baton.webhook.deliveries.pending")
            .description("Messages to webhooks that are not over.")
            .register(registry);
    calls =
        MultiGauge.builder("baton.executor.active.calls")
            .description("Calls of the executor that are under way, by model.")
            .register(registry);
    over(registry, "delivered", WebhookDeliveries.Counts::delivered);
    over(registry, "failed", WebhookDeliveries.Counts::failed);
    FunctionCounter.builder("baton.webhook.retries", this, all -> all.deliveries.retried())
        .description("Attempts at messages to webhooks that failed and are followed by others.")
        .register(registry);
  }

  private void over(
      MeterRegistry to, String outcome, ToDoubleFunction<WebhookDeliveries.Counts> count) {
    FunctionCounter.builder(
            "baton.webhook.deliveries", this, all -> count.applyAsDouble(all.deliveries))
        .description("Messages to webhooks that are over, by outcome.")
        .tag("outcome", outcome)
        .register(to);
  }

  /** What the store did not tell is left out: a gap says more than a wrong number. */
  void show(GaugeValues values) {
    values.deliveries().ifPresent(counts -> deliveries = counts);
    batches.register(values.stored().map(Gauges::batches).orElse(List.of()), true);
    tasks.register(rows(values, Gauges::tasks), true);
    ages.register(rows(values, Gauges::ages), true);
    pending.register(
        values.stored().stream()
            .map(stored -> row(Tags.empty(), stored.pendingDeliveries()))
            .toList(),
        true);
    calls.register(
        values.calls().entrySet().stream()
            .map(call -> row(Tags.of("model", call.getKey().value()), call.getValue()))
            .toList(),
        true);
  }

  private static List<Row<?>> rows(
      GaugeValues values, BiFunction<String, GaugeValues.Queue, Stream<Row<?>>> of) {
    return values.stored().stream()
        .flatMap(stored -> stored.queues().entrySet().stream())
        .flatMap(queue -> of.apply(queue.getKey().value(), queue.getValue()))
        .toList();
  }

  private static Stream<Row<?>> tasks(String name, GaugeValues.Queue queue) {
    return Stream.of(
        row(Tags.of("queue", name, "state", "held"), queue.held()),
        row(Tags.of("queue", name, "state", "ready"), queue.ready()),
        row(Tags.of("queue", name, "state", "leased"), queue.leased()));
  }

  private static Stream<Row<?>> ages(String name, GaugeValues.Queue queue) {
    return Stream.of(
        row(Tags.of("queue", name, "state", "ready"), seconds(queue.readyAge())),
        row(Tags.of("queue", name, "state", "leased"), seconds(queue.leasedAge())));
  }

  private static double seconds(Duration age) {
    return age.toMillis() / 1_000.0;
  }

  private static List<Row<?>> batches(GaugeValues.Stored stored) {
    Map<BatchState, Long> counts = stored.batches();
    return Arrays.stream(BatchState.values())
        .<Row<?>>map(
            state ->
                row(
                    Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
                    requireNonNull(counts.getOrDefault(state, 0L))))
        .toList();
  }

  private static Row<?> row(Tags tags, Number value) {
    return Row.of(tags, value);
  }
}
