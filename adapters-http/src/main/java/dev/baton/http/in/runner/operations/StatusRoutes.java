package dev.baton.http.in.runner.operations;

import static dev.baton.http.in.api.Schemas.anyObject;
import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.usecase.insight.Metrics.Condition;
import dev.baton.core.usecase.schedule.Schedules.Outlook;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.NodeStatus;
import dev.baton.http.in.runner.shared.Refusal;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.task.TaskDocs;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code /status}: how the server and its parts are. */
public final class StatusRoutes {
  private static final String TAG = "status";
  private static final String PATH = RunnerContext.PREFIX + "/status";
  private static final String HEALTHY = "healthy";
  private static final String DEGRADED = "degraded";
  private static final String UNHEALTHY = "unhealthy";
  private static final List<String> SERVICES =
      List.of("database", "openai", "scheduler", "executor", "webhooks");
  private static final double NANOS = 1e9;

  private static final Webhooks.Outlook NO_WEBHOOKS =
      new Webhooks.Outlook(0, 0, 0, Optional.empty());

  /** What happens so late, a schedule's run or an attempt at a message, is not on time. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private final RunnerContext kit;

  public StatusRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  /** How one part is, and what there is to say of it. */
  private record Health(String status, Map<String, @Nullable Object> details) {}

  /** What came of asking the store. */
  private record Probe(
      Optional<Condition> condition,
      double seconds,
      String error,
      Optional<Outlook> schedules,
      Optional<Webhooks.Outlook> webhooks) {
    Probe withSchedules(Optional<Outlook> outlook) {
      return new Probe(condition, seconds, error, outlook, webhooks);
    }

    Probe withWebhooks(Optional<Webhooks.Outlook> outlook) {
      return new Probe(condition, seconds, error, schedules, outlook);
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.get(PATH, Permission.of("metrics", "read"), this::overall, overallDoc()).withHead(),
        Route.get(
                PATH + "/services/{service}",
                Permission.of("metrics", "read"),
                this::service,
                serviceDoc())
            .withHead());
  }

  private Reply overall(Request request) {
    return Reply.later(probe(request).thenApply(this::overall));
  }

  private CompletableFuture<Probe> probe(Request request) {
    CompletableFuture<Optional<Outlook>> schedules =
        kit.baton().schedules().outlook().handle((outlook, thrown) -> Optional.ofNullable(outlook));
    CompletableFuture<Optional<Webhooks.Outlook>> webhooks =
        kit.baton()
            .webhooks()
            .map(service -> service.webhooks().outlook(request.tenant()))
            .orElseGet(() -> CompletableFuture.completedFuture(NO_WEBHOOKS))
            .handle((outlook, thrown) -> Optional.ofNullable(outlook));
    long begun = System.nanoTime();
    return kit.baton()
        .figures()
        .condition(request.tenant())
        .handle(
            (condition, thrown) ->
                new Probe(
                    Optional.ofNullable(condition),
                    (System.nanoTime() - begun) / NANOS,
                    thrown == null ? "" : "the database did not answer",
                    Optional.empty(),
                    Optional.empty()))
        .thenCombine(schedules, Probe::withSchedules)
        .thenCombine(webhooks, Probe::withWebhooks);
  }

  private Reply overall(Probe probe) {
    Map<String, String> services = new LinkedHashMap<>();
    String worst = HEALTHY;
    for (String name : SERVICES) {
      String status = health(name, probe).status();
      services.put(name, status);
      worst = status.equals(HEALTHY) ? worst : DEGRADED;
    }
    if (UNHEALTHY.equals(services.get("database"))) {
      return kit.envelope()
          .refused(
              503,
              "SERVICE_UNAVAILABLE",
              "the database is down",
              new Refusal.Down(UNHEALTHY, services))
          .withHeader("Retry-After", "1");
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("status", worst);
    data.put("version", kit.settings().version());
    data.put("uptime", kit.settings().machine().uptimeSeconds());
    data.put("services", services);
    data.put("lastHealthCheck", Instants.text(kit.baton().insight().now()));
    data.put("storage", storage(probe));
    return kit.envelope().ok(data);
  }

  /** The facts that an operator asks for first. */
  private Map<String, @Nullable Object> storage(Probe probe) {
    NodeStatus.Storage storage = kit.settings().machine().storage();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("durability", storage.durability());
    view.put("schemaVersion", storage.schemaVersion());
    view.put("freeBytes", storage.freeBytes());
    view.put("queueAgeSeconds", seconds(probe.condition().flatMap(Condition::queueAge)));
    view.put("oldestLeaseSeconds", seconds(probe.condition().flatMap(Condition::oldestLease)));
    view.put("lastError", storage.lastError().orElse(null));
    return view;
  }

  private static double seconds(Optional<Duration> duration) {
    return duration.map(d -> d.toMillis() / 1_000.0).orElse(0.0);
  }

  private Reply service(Request request) {
    String name = request.pathParameter("service");
    if (!SERVICES.contains(name)) {
      throw new BatonException(ErrorCode.SERVICE_NOT_FOUND, "Service not found");
    }
    return Reply.later(
        probe(request)
            .thenApply(
                probe -> {
                  Health health = health(name, probe);
                  Map<String, Object> data = new LinkedHashMap<>();
                  data.put("service", name);
                  data.put("status", health.status());
                  data.put("details", health.details());
                  return kit.envelope().ok(data);
                }));
  }

  private Health health(String service, Probe probe) {
    return switch (service) {
      case "database" -> database(probe);
      case "openai" -> providers();
      case "executor" -> executor();
      case "webhooks" -> webhooks(probe);
      default -> scheduler(probe);
    };
  }

  private Health database(Probe probe) {
    NodeStatus.Storage storage = kit.settings().machine().storage();
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("connectionCount", storage.connections());
    details.put("queryTime", Math.round(probe.seconds() * 1e6) / 1e6);
    String error = storage.lastError().orElse(probe.error());
    details.put("lastError", error.isEmpty() ? null : error);
    details.putAll(storage(probe));
    details.put("lastError", error.isEmpty() ? null : error);
    details.put("faults", storage.faults());
    boolean down = probe.condition().isEmpty() || storage.lastError().isPresent();
    return new Health(down ? UNHEALTHY : storage.faults().isEmpty() ? HEALTHY : DEGRADED, details);
  }

  /** Every provider of models, whose name in the seed is that of the first there was. */
  private Health providers() {
    int offered = kit.baton().models().offered().size();
    List<ModelPause> paused = kit.baton().models().paused();
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("configured", offered > 0);
    details.put("models", offered);
    details.put("paused", paused.stream().map(OperatorRoutes::pause).toList());
    details.put("lastError", paused.isEmpty() ? null : paused.get(0).reason());
    boolean allPaused = offered > 0 && paused.size() >= offered;
    return new Health(paused.isEmpty() ? HEALTHY : allPaused ? UNHEALTHY : DEGRADED, details);
  }

  private Health executor() {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("enabled", kit.baton().executor().isPresent());
    kit.baton().executor().ifPresent(executor -> details.put("inHand", executor.inHand()));
    return new Health(HEALTHY, details);
  }

  /** It works on the store, and can't be well where that is not. */
  private Health scheduler(Probe probe) {
    Instant now = kit.baton().insight().now();
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("clock", Instants.text(now));
    if (probe.schedules().isEmpty()) {
      return new Health(UNHEALTHY, details);
    }
    Outlook outlook = probe.schedules().get();
    Duration late =
        outlook.nextRun().map(next -> Duration.between(next, now)).orElse(Duration.ZERO);
    Optional<String> error = kit.baton().scheduler().lastError();
    details.put("activeSchedules", outlook.active());
    details.put("openRuns", outlook.openRuns());
    details.put("nextRun", outlook.nextRun().map(Instants::text).orElse(null));
    details.put("lateSeconds", Math.max(0, late.toMillis() / 1_000.0));
    details.put("lastError", error.orElse(null));
    boolean well = error.isEmpty() && late.compareTo(LATE) <= 0;
    return new Health(well ? HEALTHY : DEGRADED, details);
  }

  /** It reads the store and writes there what came of each message. */
  private Health webhooks(Probe probe) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("configured", kit.baton().webhooks().isPresent());
    if (probe.webhooks().isEmpty()) {
      return new Health(UNHEALTHY, details);
    }
    Webhooks.Outlook outlook = probe.webhooks().get();
    Instant now = kit.baton().insight().now();
    Duration late =
        outlook.oldestDue().map(due -> Duration.between(due, now)).orElse(Duration.ZERO);
    Optional<String> error =
        kit.baton().webhooks().flatMap(service -> service.dispatcher().lastError());
    details.put("enabled", outlook.enabled());
    details.put("disabled", outlook.disabled());
    details.put("pending", outlook.pending());
    details.put("lateSeconds", late.toMillis() / 1_000.0);
    details.put("lastError", error.orElse(null));
    boolean well = error.isEmpty() && late.compareTo(LATE) <= 0;
    return new Health(well ? HEALTHY : DEGRADED, details);
  }

  private static RouteDoc overallDoc() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "systemStatus", "Get system status")
            .description(
                "How the server is. 503 only when the database is down. storage is an extension:"
                    + " what a stored change survives, the file's schema, free disk, how long the"
                    + " next task has waited and the oldest lease has been held.");
    Docs.answer(
        doc,
        200,
        new Docs.Members()
            .add("status", string("healthy or degraded."))
            .add("version", string("Of the server."))
            .add("uptime", integer("Seconds.", 0, Long.MAX_VALUE))
            .add("services", anyObject("healthy, degraded or unhealthy, by name."))
            .add("lastHealthCheck", Docs.instant("Now: it was looked at for this answer."))
            .add("storage", anyObject("Extension. Facts of the database."))
            .object("status", "version", "uptime", "services", "lastHealthCheck"),
        TaskDocs.example(
            "status",
            "healthy",
            "version",
            "1.0.0",
            "uptime",
            86_400,
            "services",
            TaskDocs.example("database", "healthy", "openai", "healthy", "scheduler", "healthy"),
            "lastHealthCheck",
            Docs.TIME),
        "");
    return Docs.refused(
            doc, 503, "SERVICE_UNAVAILABLE", "the database is down.", "the database is down")
        .build();
  }

  private static RouteDoc serviceDoc() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "serviceStatus", "Get a service's status")
            .description("Of " + String.join(", ", SERVICES) + "; each has its own details.");
    Docs.path(doc, "service", "Which one.");
    Docs.answer(
        doc,
        200,
        new Docs.Members()
            .add("service", string("As asked."))
            .add("status", string("healthy, degraded or unhealthy."))
            .add("details", anyObject("Its own."))
            .object("service", "status", "details"),
        TaskDocs.example(
            "service", "database",
            "status", "healthy",
            "details", TaskDocs.example("connectionCount", 5, "queryTime", 0.02)),
        "");
    return Docs.refused(
            doc, 404, "SERVICE_NOT_FOUND", "there is no such service.", "Service not found")
        .build();
  }
}
