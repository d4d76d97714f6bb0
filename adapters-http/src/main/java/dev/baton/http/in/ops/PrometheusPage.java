package dev.baton.http.in.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.core.usecase.task.Counters;
import dev.baton.http.in.transport.ServerStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The metrics as Prometheus reads them. The registry is set up by the first scrape: whoever is
 * never scraped does not pay for it at start. Thread-safe.
 */
final class PrometheusPage {
  private final OpsSources sources;

  @GuardedBy("this")
  private @Nullable PrometheusMeterRegistry registry;

  @GuardedBy("this")
  private @Nullable Gauges gauges;

  PrometheusPage(OpsSources sources) {
    this.sources = sources;
  }

  /** One after the other, so that each shows its own values. */
  synchronized byte[] scrape(String contentType, GaugeValues values) {
    PrometheusMeterRegistry known = registry;
    if (known == null) {
      known = createRegistry();
      gauges = new Gauges(known);
      registry = known;
    }
    requireNonNull(gauges).show(values);
    return known.scrape(contentType).getBytes(UTF_8);
  }

  private PrometheusMeterRegistry createRegistry() {
    PrometheusMeterRegistry created = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    work(created, "baton.tasks.submitted", "Tasks submitted.", Counters.Snapshot::submitted);
    work(created, "baton.leases.granted", "Leases granted.", Counters.Snapshot::leased);
    work(created, "baton.answers.stored", "Answers stored.", Counters.Snapshot::answered);
    work(created, "baton.attempts.failed", "Attempts that failed.", Counters.Snapshot::failed);
    work(created, "baton.leases.expired", "Leases that ran out.", Counters.Snapshot::expired);
    http(created, "baton.http.requests", "Requests received.", ServerStats::requests);
    http(created, "baton.http.refusals", "Requests that broke HTTP.", ServerStats::refusals);
    http(created, "baton.http.internal.errors", "Answers of 500.", ServerStats::internalErrors);
    gauge(created, "baton.http.connections", "Open connections.", ServerStats::connections);
    gauge(
        created, "baton.http.active.requests", "Unanswered requests.", ServerStats::activeRequests);
    Gauge.builder("baton.ready", sources, all -> all.readiness().get().isReady() ? 1 : 0)
        .description("1 when work may be sent here.")
        .register(created);
    Gauge.builder("baton.clock.ahead", sources, all -> all.readiness().get().clockAheadSeconds())
        .baseUnit("seconds")
        .description("How far the clock of leases is ahead of the wall clock.")
        .register(created);
    new JvmMemoryMetrics().bindTo(created);
    new JvmThreadMetrics().bindTo(created);
    return created;
  }

  private void work(
      MeterRegistry to, String name, String help, ToDoubleFunction<Counters.Snapshot> count) {
    FunctionCounter.builder(name, sources, all -> count.applyAsDouble(all.work().get()))
        .description(help)
        .register(to);
  }

  private void http(
      MeterRegistry to, String name, String help, ToDoubleFunction<ServerStats> count) {
    FunctionCounter.builder(name, sources, all -> count.applyAsDouble(all.http().get()))
        .description(help)
        .register(to);
  }

  private void gauge(
      MeterRegistry to, String name, String help, ToDoubleFunction<ServerStats> value) {
    Gauge.builder(name, sources, all -> value.applyAsDouble(all.http().get()))
        .description(help)
        .register(to);
  }
}
