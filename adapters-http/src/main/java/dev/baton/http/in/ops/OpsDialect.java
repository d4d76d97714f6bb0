package dev.baton.http.in.ops;

import static java.util.Objects.requireNonNull;

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
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
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

  /** Field names are the published API. */
  record Health(boolean ok, String time) {}

  /** Field names are the published API. */
  record Ready(boolean ready, List<String> reasons, boolean insecure) {}

  private Reply health(Request request) {
    String now = sources.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString();
    return Reply.ok(new Health(true, now)).withHeader("Cache-Control", NO_STORE);
  }

  private Reply ready(Request request) {
    Readiness now = sources.readiness().get();
    Ready body = new Ready(now.isReady(), now.reasons(), now.insecure());
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

  /** Seed 1's four keys, in its order, and no other. */
  private Reply counts() {
    Counters.Snapshot work = sources.work().get();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("prompts_enqueued", work.submitted());
    counts.put("prompts_fetched", work.leased());
    counts.put("responses_posted", work.answered());
    counts.put("leases_expired", work.expired());
    return Reply.ok(counts).withHeaders(Map.of("Cache-Control", NO_STORE, "Vary", "Accept"));
  }

  /** Not on the I/O thread: the first scrape sets up the registry, which takes a while. */
  private Reply prometheus(Request request) {
    String type = Accept.prometheusType(accept(request));
    Reply later =
        Reply.later(
            sources
                .depths()
                .get()
                .thenApply(
                    depths ->
                        Background.reply(
                            () -> Reply.bytes(200, type, prometheus.scrape(type, depths)))));
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
            .answer(
                200,
                "It is alive.",
                Schemas.object(
                    Map.of(
                        "ok", Schemas.bool("Always true."),
                        "time", Schemas.string("The time now, ISO-8601 in UTC.")),
                    List.of("ok", "time")),
                Map.of("ok", true, "time", "2026-01-15T10:30:00.000Z"))
            .build();
    private static final Map<String, Object> READINESS =
        Schemas.object(
            Map.of(
                "ready", Schemas.bool("Whether work may be sent here."),
                "reasons", Schemas.array(Schemas.string("Why not."), 16),
                "insecure", Schemas.bool("Whether others are served without a key.")),
            List.of("ready", "reasons", "insecure"));
    private static final RouteDoc READY =
        RouteDoc.of("readyz", "May work be sent here?")
            .description("Not while the server starts, drains, or cannot reach its store.")
            .tag(TAG)
            .answer(200, "It may.", READINESS, new Ready(true, List.of(), false))
            .answer(503, "Not now.", READINESS, new Ready(false, List.of("draining"), false))
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
            .answer(
                200,
                "The counts.",
                Schemas.object(
                    Map.of(
                        "prompts_enqueued", Schemas.integer("Tasks submitted.", 0, Long.MAX_VALUE),
                        "prompts_fetched", Schemas.integer("Leases granted.", 0, Long.MAX_VALUE),
                        "responses_posted", Schemas.integer("Answers stored.", 0, Long.MAX_VALUE),
                        "leases_expired", Schemas.integer("Leases run out.", 0, Long.MAX_VALUE)),
                    List.of(
                        "prompts_enqueued",
                        "prompts_fetched",
                        "responses_posted",
                        "leases_expired")),
                Map.of(
                    "prompts_enqueued", 1,
                    "prompts_fetched", 1,
                    "responses_posted", 1,
                    "leases_expired", 0))
            .build();
    private static final RouteDoc PROMETHEUS =
        RouteDoc.of("metricsPrometheus", "The metrics as Prometheus text.")
            .tag(TAG)
            .answer(
                200,
                new RouteDoc.Answer(
                    "The metrics.", Schemas.string("Prometheus text."), null, "text/plain"))
            .build();
  }
}
