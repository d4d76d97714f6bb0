package dev.baton.http.in.runner.operations;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.core.usecase.schedule.Schedules;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.runner.operations.ServiceStatus.Details;
import dev.baton.http.in.runner.operations.ServiceStatus.Level;
import dev.baton.http.in.runner.shared.NodeStatus;
import dev.baton.http.in.runner.shared.Refusal;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** {@code /status}: how the server and its parts are. */
public final class StatusRoutes {
  private static final String PATH = RunnerContext.PREFIX + "/status";
  private static final String DATABASE = "database";
  private static final List<String> SERVICES =
      List.of(DATABASE, "openai", "scheduler", "executor", "webhooks");

  /** What happens so late, a schedule's run or an attempt at a message, is not on time. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private final RunnerContext kit;

  public StatusRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  private record Health(Level level, Details details) {}

  public List<Route> routes() {
    Resource status = new Resource(kit, "metrics", "status");
    return List.of(overall(status), service(status));
  }

  private Route overall(Resource status) {
    return status
        .get(PATH, "systemStatus", "Get system status")
        .description(
            "How the server is. 503 only when the database is down. storage is an extension: what a"
                + " stored change survives, the file's schema, free disk, how long the next task"
                + " has waited and the oldest lease has been held.")
        .refused(503, "SERVICE_UNAVAILABLE", "the database is down.")
        .answer(SystemStatus.class)
        .handled(this::overall);
  }

  private Route service(Resource status) {
    return status
        .get(PATH + "/services/{service}", "serviceStatus", "Get a service's status")
        .description("Of " + String.join(", ", SERVICES) + "; each has its own details.")
        .path("service", "The service.")
        .refused(404, "SERVICE_NOT_FOUND", "there is no such service.")
        .answer(ServiceStatus.class)
        .from(this::service);
  }

  private Reply overall(Request request) {
    return Reply.later(Probe.of(kit.baton(), request.tenant()).thenApply(this::overall));
  }

  private Reply overall(Probe probe) {
    Map<String, Level> services = new LinkedHashMap<>();
    SERVICES.forEach(name -> services.put(name, health(name, probe).level()));
    if (services.get(DATABASE) == Level.UNHEALTHY) {
      return down(services);
    }
    boolean well = services.values().stream().allMatch(Level.HEALTHY::equals);
    NodeStatus.Storage storage = kit.settings().machine().storage();
    return kit.envelope()
        .ok(
            new SystemStatus(
                well ? Level.HEALTHY : Level.DEGRADED,
                kit.settings().version(),
                kit.settings().machine().uptimeSeconds(),
                services,
                kit.baton().wallTime(),
                new SystemStatus.Storage(
                    storage.durability(),
                    storage.schemaVersion(),
                    storage.freeBytes(),
                    probe.queueAge(),
                    probe.oldestLease(),
                    storage.lastError().orElse(null),
                    kit.baton().clockAhead().toSeconds())));
  }

  private Reply down(Map<String, Level> services) {
    Map<String, String> words = new LinkedHashMap<>();
    services.forEach((name, level) -> words.put(name, level.name().toLowerCase(Locale.ROOT)));
    Refusal.Down details = new Refusal.Down("unhealthy", words);
    return kit.envelope()
        .refused(503, "SERVICE_UNAVAILABLE", "the database is down", details)
        .withHeader("Retry-After", "1");
  }

  private CompletableFuture<ServiceStatus> service(Request request) {
    String name = request.pathParameter("service");
    if (!SERVICES.contains(name)) {
      throw new BatonException(ErrorCode.SERVICE_NOT_FOUND, "Service not found");
    }
    return Probe.of(kit.baton(), request.tenant())
        .thenApply(probe -> health(name, probe))
        .thenApply(health -> new ServiceStatus(name, health.level(), health.details()));
  }

  private Health health(String service, Probe probe) {
    return switch (service) {
      case DATABASE -> database(probe);
      case "openai" -> providers();
      case "executor" -> executor();
      case "webhooks" -> webhooks(probe);
      default -> scheduler(probe);
    };
  }

  private Health database(Probe probe) {
    NodeStatus.Storage storage = kit.settings().machine().storage();
    boolean answered = probe.condition().isPresent();
    String error = answered ? null : "the database did not answer";
    boolean down = !answered || storage.lastError().isPresent();
    return new Health(
        down ? Level.UNHEALTHY : storage.faults().isEmpty() ? Level.HEALTHY : Level.DEGRADED,
        new ServiceStatus.Database(
            storage.connections(),
            Math.round(probe.seconds() * 1e6) / 1e6,
            storage.lastError().orElse(error),
            storage.durability(),
            storage.schemaVersion(),
            storage.freeBytes(),
            probe.queueAge(),
            probe.oldestLease(),
            storage.faults()));
  }

  /** Every provider of models, whose name in the seed is that of the first there was. */
  private Health providers() {
    int offered = kit.baton().models().offered().size();
    List<ModelPause> paused = kit.baton().models().paused();
    boolean allPaused = offered > 0 && paused.size() >= offered;
    return new Health(
        paused.isEmpty() ? Level.HEALTHY : allPaused ? Level.UNHEALTHY : Level.DEGRADED,
        new ServiceStatus.Providers(
            offered > 0,
            offered,
            paused.stream().map(OperatorViews.Pause::of).toList(),
            paused.isEmpty() ? null : paused.get(0).reason(),
            offered > 0 || kit.baton().answersAnyModel() ? null : Wait.ANSWERERS));
  }

  private Health executor() {
    return new Health(
        Level.HEALTHY,
        kit.baton()
            .executor()
            .map(executor -> new ServiceStatus.Executor(true, OptionalInt.of(executor.inHand())))
            .orElse(new ServiceStatus.Executor(false, OptionalInt.empty())));
  }

  /** It works on the store, and can't be well where that is not. */
  private Health scheduler(Probe probe) {
    Instant now = kit.baton().wallTime();
    if (probe.schedules().isEmpty()) {
      return new Health(Level.UNHEALTHY, new ServiceStatus.Clock(now));
    }
    Schedules.Outlook outlook = probe.schedules().get();
    Duration late = since(outlook.nextRun(), now);
    Optional<String> error = kit.baton().scheduler().lastError();
    return new Health(
        punctual(late, error),
        new ServiceStatus.Scheduler(
            now,
            outlook.active(),
            outlook.openRuns(),
            outlook.nextRun().orElse(null),
            late,
            error.orElse(null)));
  }

  /** It reads the store and writes there what came of each message. */
  private Health webhooks(Probe probe) {
    boolean configured = kit.baton().webhooks().isPresent();
    if (probe.webhooks().isEmpty()) {
      return new Health(Level.UNHEALTHY, new ServiceStatus.WebhookSetting(configured));
    }
    Webhooks.Outlook outlook = probe.webhooks().get();
    Duration late = since(outlook.oldestDue(), kit.baton().insight().now());
    Optional<String> error =
        kit.baton().webhooks().flatMap(service -> service.dispatcher().lastError());
    return new Health(
        punctual(late, error),
        new ServiceStatus.Webhooks(
            configured,
            outlook.enabled(),
            outlook.disabled(),
            outlook.pending(),
            late,
            error.orElse(null)));
  }

  /** How long ago it was due; zero for what lies ahead. */
  private static Duration since(Optional<Instant> due, Instant now) {
    return due.map(at -> Duration.between(at, now))
        .filter(late -> !late.isNegative())
        .orElse(Duration.ZERO);
  }

  private static Level punctual(Duration late, Optional<String> error) {
    return error.isEmpty() && late.compareTo(LATE) <= 0 ? Level.HEALTHY : Level.DEGRADED;
  }
}
