package dev.baton.http.in.ops;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.usecase.task.Counters;
import dev.baton.http.in.api.Background;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.api.TransportRefusals;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Components;
import dev.baton.http.in.json.Doc;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}. Thread-safe. */
public final class OpsDialect implements Dialect {
  private static final String NO_STORE = "no-store";

  private final OpsSources sources;
  private final boolean showsMetrics;
  private final PrometheusPage prometheus;

  /** Serves health and metrics. */
  public OpsDialect(OpsSources sources) {
    this(sources, true);
  }

  /**
   * @param showsMetrics whether there are metrics beside health
   */
  public OpsDialect(OpsSources sources, boolean showsMetrics) {
    this.showsMetrics = showsMetrics;
    this.sources = requireNonNull(sources, "sources");
    this.prometheus = new PrometheusPage(sources);
  }

  @Override
  public String name() {
    return "ops";
  }

  @Override
  public boolean isAlwaysAnswered() {
    return true;
  }

  @Override
  public List<Route> routes() {
    List<Route> health =
        List.of(
            Route.get("/healthz", Permission.OPEN, this::health, OpsDocs.HEALTH).withHead(),
            Route.get("/readyz", Permission.OPEN, this::ready, OpsDocs.READY).withHead());
    return showsMetrics
        ? Stream.concat(health.stream(), metricsRoutes().stream()).toList()
        : health;
  }

  private List<Route> metricsRoutes() {
    return List.of(
        Route.get("/metrics", Permission.of("metrics", "read"), this::metrics, OpsDocs.METRICS)
            .withHead(),
        Route.get(
                "/metrics/prometheus",
                Permission.of("metrics", "read"),
                this::prometheus,
                OpsDocs.PROMETHEUS)
            .withHead());
  }

  @Override
  public Reply refusal(BatonException refused) {
    return TransportRefusals.plain(refused);
  }

  /** The reply of {@code /healthz}. */
  @Doc(value = "", name = "Health")
  record Health(
      @Doc("Always true.") boolean ok,
      @Doc(value = "The time now, ISO-8601 in UTC.", example = "2026-01-15T10:30:00.000Z")
          String time) {}

  /** The reply of {@code /readyz}. */
  @Doc(value = "", name = "Readiness")
  record Ready(
      @Doc(value = "Whether work may be sent here.", example = "true") boolean ready,
      @Doc("Why not.") @Bounds(max = 16) List<String> reasons,
      @Doc(value = "Whether others are served without a key.", example = "false") boolean insecure,
      @Doc("Seconds that the clock of leases is ahead of the wall clock; negative: behind it.")
          long clockAheadSeconds) {}

  /** Seed 1's four keys, in its order, and no other. */
  @Doc(value = "", name = "Counts")
  record Counts(
      @Doc("Tasks submitted.") @JsonProperty("prompts_enqueued") long submitted,
      @Doc("Leases granted.") @JsonProperty("prompts_fetched") long leased,
      @Doc("Answers stored.") @JsonProperty("responses_posted") long answered,
      @Doc("Leases run out.") @JsonProperty("leases_expired") long expired) {}

  private Reply health(Request request) {
    String now = sources.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString();
    return Reply.ok(new Health(true, now)).withHeader("Cache-Control", NO_STORE);
  }

  private Reply ready(Request request) {
    Readiness now = sources.readiness().get();
    Ready body = new Ready(now.isReady(), now.reasons(), now.insecure(), now.clockAheadSeconds());
    return Reply.json(now.isReady() ? 200 : 503, body).withHeader("Cache-Control", NO_STORE);
  }

  private Reply metrics(Request request) {
    String format = request.queryString("format").orElse("");
    return switch (format) {
      case "json" -> counts();
      case "prometheus" -> prometheus(request);
      case "" -> Accept.wantsPrometheus(accept(request)) ? prometheus(request) : counts();
      default ->
          throw FieldErrors.invalid(
              "Input should be 'json' or 'prometheus'", "enum", "query", "format");
    };
  }

  private Reply counts() {
    Counters.Snapshot work = sources.work().get();
    return Reply.ok(new Counts(work.submitted(), work.leased(), work.answered(), work.expired()))
        .withHeaders(Map.of("Cache-Control", NO_STORE, "Vary", "Accept"));
  }

  /** Not on the I/O thread: the first scrape sets up the registry, which takes a while. */
  private Reply prometheus(Request request) {
    String type = Accept.prometheusType(accept(request));
    Reply later =
        Reply.later(
            sources
                .values()
                .get()
                .thenApply(
                    values ->
                        Background.reply(
                            () -> Reply.bytes(200, type, prometheus.scrape(type, values)))));
    return later.withHeaders(Map.of("Cache-Control", NO_STORE, "Vary", "Accept"));
  }

  private static String accept(Request request) {
    return request.header("Accept").orElse("*/*");
  }

  /** What is said of the routes. */
  private static final class OpsDocs {
    private static final String TAG = "operations";
    private static final RouteDoc HEALTH =
        RouteDoc.of("healthz", "Is the process alive?")
            .description("Always answers while the process can; says nothing of its store.")
            .tag(TAG)
            .answer(200, "It is alive.", Components.ref(Health.class))
            .build();
    private static final RouteDoc READY =
        RouteDoc.of("readyz", "May work be sent here?")
            .description("Not while the server starts, drains, or cannot reach its store.")
            .tag(TAG)
            .answer(200, "Work may be sent here.", Components.ref(Ready.class))
            .answer(503, "Work may not be sent here now.", Components.ref(Ready.class))
            .build();
    private static final RouteDoc METRICS =
        RouteDoc.of("metrics", "What this process has done since it started.")
            .description(
                "Four counts as JSON; Prometheus text where text/plain or OpenMetrics is"
                    + " preferred by Accept, or with format=prometheus.")
            .tag(TAG)
            .query(
                "format",
                "json or prometheus, whatever Accept says.",
                Schemas.with(Schemas.string("The format."), "enum", List.of("json", "prometheus")))
            .answer(200, "The counts.", Components.ref(Counts.class))
            .build();
    private static final RouteDoc PROMETHEUS =
        RouteDoc.of("metricsPrometheus", "The metrics as Prometheus text.")
            .tag(TAG)
            .answer(
                200,
                new RouteDoc.Answer(
                    "The metrics.", Schemas.string("Prometheus text."), "text/plain"))
            .build();
  }
}
