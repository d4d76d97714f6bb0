package dev.baton.http.in.runner.operations;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Extensions for operators: queues, workers, models. */
public final class OperatorRoutes {
  private static final String QUEUES = RunnerContext.PREFIX + "/queues";
  private static final String TAG = "operators";
  private static final Permission READ = Permission.of("queues", "read");

  private final RunnerContext kit;

  public OperatorRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  public List<Route> routes() {
    return List.of(
        Route.get(QUEUES, READ, this::queues, queuesDoc()).withHead(),
        turning("pause", true),
        turning("resume", false),
        Route.get(
                RunnerContext.PREFIX + "/workers",
                Permission.of("workers", "read"),
                this::workers,
                workersDoc())
            .withHead(),
        Route.get(RunnerContext.PREFIX + "/models", READ, this::models, modelsDoc()).withHead());
  }

  private Route turning(String verb, boolean pause) {
    return Route.post(
            QUEUES + "/{name}/" + verb,
            Permission.of("queues", "write"),
            kit.bodies().readingNothing(request -> turn(request, pause)),
            turnDoc(pause))
        .repeatable()
        .withMaxBody(Bodies.SMALL_MAX);
  }

  private Reply queues(Request request) {
    return Reply.later(
        kit.baton()
            .queues()
            .overview(request.tenant())
            .thenApply(known -> kit.envelope().ok(OperatorViews.Queues.of(known))));
  }

  private Reply turn(Request request, boolean pause) {
    String name = request.pathParameter("name");
    if (!QueueName.isValid(name)) {
      throw FieldErrors.invalid(
          "String should be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
          "string_pattern_mismatch",
          "path",
          "name");
    }
    QueueName queue = new QueueName(name);
    CompletableFuture<List<QueueName>> turned =
        pause
            ? kit.baton().queues().pause(request.tenant(), queue)
            : kit.baton().queues().resume(request.tenant(), queue);
    OperatorViews.Turn view = new OperatorViews.Turn(queue, pause);
    return Reply.later(turned.thenApply(paused -> kit.envelope().ok(view, turned(pause))));
  }

  private static String turned(boolean paused) {
    return paused ? "Queue paused" : "Queue resumed";
  }

  private Reply workers(Request request) {
    return Reply.later(
        kit.baton()
            .figures()
            .leased(request.tenant())
            .thenApply(rows -> kit.envelope().ok(OperatorViews.Workers.of(rows))));
  }

  private Reply models(Request request) {
    Map<ModelName, ModelPause> paused =
        kit.baton().models().paused().stream()
            .collect(Collectors.toMap(ModelPause::model, Function.identity()));
    return kit.envelope()
        .ok(
            new OperatorViews.Catalog(
                kit.baton().models().offered().stream()
                    .map(
                        spec ->
                            OperatorViews.Model.of(
                                spec, Optional.ofNullable(paused.get(spec.name()))))
                    .toList(),
                kit.baton().answersAnyModel(),
                paused.values().stream().map(OperatorViews.Pause::of).toList()));
  }

  private static RouteDoc queuesDoc() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listQueues", "List queues")
            .description("Extension. How many tasks wait and run, by queue.");
    return Docs.answer(doc, 200, OperatorViews.Queues.class, "").build();
  }

  private static RouteDoc turnDoc(boolean pause) {
    RouteDoc.Builder doc =
        pause
            ? Docs.extension(TAG, "pauseQueue", "Pause a queue")
                .description("Extension. Hands nothing out from it until it is resumed.")
            : Docs.extension(TAG, "resumeQueue", "Resume a queue")
                .description("Extension. Hands out from it again.");
    Docs.path(doc, "name", "The queue.");
    Docs.answer(doc, 200, OperatorViews.Turn.class, turned(pause));
    return Docs.invalid(doc).build();
  }

  private static RouteDoc workersDoc() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listWorkers", "List workers")
            .description(
                "Extension. Who holds what since when, and until when: at most 1000 leases.");
    return Docs.answer(doc, 200, OperatorViews.Workers.class, "").build();
  }

  private static RouteDoc modelsDoc() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listCatalog", "List models")
            .description(
                "Extension. The models that are offered, with their bounds and prices, and which of"
                    + " them are paused until when. Without providers in the configuration there"
                    + " is none, and the built-in echo answers for any name: `anyModel`.");
    return Docs.answer(doc, 200, OperatorViews.Catalog.class, "").build();
  }
}
