package dev.baton.http.in.runner.operations;

import static dev.baton.http.in.api.Schemas.anyObject;
import static dev.baton.http.in.api.Schemas.array;
import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.usecase.task.Queues;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.task.Executions;
import dev.baton.http.in.runner.task.TaskDocs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Extensions for operators: queues, workers, models. */
public final class OperatorRoutes {
  private static final String QUEUES = RunnerContext.PREFIX + "/queues";
  private static final String TAG = "operators";
  private final RunnerContext kit;

  public OperatorRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  public List<Route> routes() {
    return List.of(
        Route.get(QUEUES, Permission.of("queues", "read"), this::queues, queuesDoc()).withHead(),
        Route.post(
                QUEUES + "/{name}/pause",
                Permission.of("queues", "write"),
                kit.bodies().readingNothing(request -> turn(request, true)),
                turnDoc("pauseQueue", "Pause a queue", true))
            .repeatable()
            .withMaxBody(Bodies.SMALL_MAX),
        Route.post(
                QUEUES + "/{name}/resume",
                Permission.of("queues", "write"),
                kit.bodies().readingNothing(request -> turn(request, false)),
                turnDoc("resumeQueue", "Resume a queue", false))
            .repeatable()
            .withMaxBody(Bodies.SMALL_MAX),
        Route.get(
                RunnerContext.PREFIX + "/workers",
                Permission.of("workers", "read"),
                this::workers,
                workersDoc())
            .withHead(),
        Route.get(
                RunnerContext.PREFIX + "/models",
                Permission.of("queues", "read"),
                this::models,
                modelsDoc())
            .withHead());
  }

  private Reply queues(Request request) {
    return Reply.later(
        kit.baton()
            .queues()
            .overview(request.tenant())
            .thenApply(
                known ->
                    kit.envelope()
                        .ok(Map.of("queues", known.stream().map(OperatorRoutes::queue).toList()))));
  }

  private static Map<String, Object> queue(Queues.Overview queue) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", queue.name().value());
    view.put("held", queue.held());
    view.put("ready", queue.ready());
    view.put("leased", queue.leased());
    view.put("paused", queue.paused());
    return view;
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
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put("paused", pause);
    return Reply.later(
        turned.thenApply(
            paused -> kit.envelope().ok(data, pause ? "Queue paused" : "Queue resumed")));
  }

  private Reply workers(Request request) {
    return Reply.later(
        kit.baton()
            .figures()
            .leased(request.tenant())
            .thenApply(rows -> kit.envelope().ok(Map.of("workers", workers(rows)))));
  }

  private static List<Map<String, Object>> workers(List<TaskRow> rows) {
    Map<String, List<Map<String, Object>>> held = new TreeMap<>();
    rows.forEach(
        row ->
            held.computeIfAbsent(row.lease().holder().value(), worker -> new ArrayList<>())
                .add(lease(row)));
    List<Map<String, Object>> views = new ArrayList<>();
    held.forEach(
        (worker, leases) -> {
          Map<String, Object> view = new LinkedHashMap<>();
          view.put("worker", worker);
          view.put("count", leases.size());
          view.put("tasks", leases);
          views.add(view);
        });
    return views;
  }

  private static Map<String, Object> lease(TaskRow row) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("taskId", row.id().value());
    view.put("executionId", Executions.current(row));
    view.put("queue", row.terms().queue().value());
    view.put("attempt", row.leaseState().attempts());
    view.put("since", Instants.text(row.lease().grantedAt()));
    view.put("until", Instants.text(row.lease().expiresAt()));
    return view;
  }

  private Reply models(Request request) {
    Map<ModelName, ModelPause> paused =
        kit.baton().models().paused().stream()
            .collect(Collectors.toMap(ModelPause::model, Function.identity()));
    List<Map<String, @Nullable Object>> models = new ArrayList<>();
    for (ModelSpec spec : kit.baton().models().offered()) {
      models.add(model(spec, paused.get(spec.name())));
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("models", models);
    data.put("anyModel", kit.baton().answersAnyModel());
    data.put("paused", paused.values().stream().map(OperatorRoutes::pause).toList());
    return kit.envelope().ok(data);
  }

  private static Map<String, @Nullable Object> model(ModelSpec spec, @Nullable ModelPause pause) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("name", spec.name().value());
    view.put("provider", spec.provider());
    view.put("concurrency", spec.concurrency());
    spec.maxTokens().ifPresent(most -> view.put("maxTokens", most));
    view.put("fallbacks", spec.fallbacks().stream().map(ModelName::value).toList());
    spec.inputPrice().ifPresent(price -> view.put("inputPrice", price));
    spec.outputPrice().ifPresent(price -> view.put("outputPrice", price));
    if (pause != null) {
      view.put("pausedUntil", Instants.text(pause.until()));
      view.put("pausedReason", pause.reason());
    }
    return view;
  }

  static Map<String, Object> pause(ModelPause pause) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("model", pause.model().value());
    view.put("until", Instants.text(pause.until()));
    view.put("reason", pause.reason());
    return view;
  }

  private static RouteDoc queuesDoc() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listQueues", "List queues")
            .description("Extension. How many tasks wait and run, by queue.");
    return Docs.answer(
            doc,
            200,
            list(
                "queues",
                new Docs.Members()
                    .add("name", string("The queue."))
                    .add("held", integer("Wait for a gate.", 0, Long.MAX_VALUE))
                    .add("ready", integer("In line.", 0, Long.MAX_VALUE))
                    .add("leased", integer("Are worked on.", 0, Long.MAX_VALUE))
                    .add("paused", bool("Whether it hands nothing out."))
                    .object("name", "held", "ready", "leased", "paused")),
            Map.of(
                "queues",
                List.of(
                    TaskDocs.example(
                        "name", "default", "held", 0, "ready", 3, "leased", 1, "paused", false))),
            "")
        .build();
  }

  private static RouteDoc turnDoc(String operationId, String summary, boolean paused) {
    RouteDoc.Builder doc =
        Docs.extension(TAG, operationId, summary)
            .description(
                paused
                    ? "Extension. Hands nothing out from it until it is resumed."
                    : "Extension. Hands out from it again.");
    Docs.path(doc, "name", "The queue.");
    Docs.answer(
        doc,
        200,
        new Docs.Members()
            .add("name", string("The queue."))
            .add("paused", bool("Whether it hands nothing out."))
            .object("name", "paused"),
        TaskDocs.example("name", "default", "paused", paused),
        paused ? "Queue paused" : "Queue resumed");
    return Docs.invalid(doc).build();
  }

  private static RouteDoc workersDoc() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listWorkers", "List workers")
            .description(
                "Extension. Who holds what since when, and until when: at most 1000 leases.");
    return Docs.answer(
            doc,
            200,
            list(
                "workers",
                new Docs.Members()
                    .add("worker", string("Its name."))
                    .add("count", integer("Leases.", 1, Integer.MAX_VALUE))
                    .add("tasks", array(anyObject("A lease."), 1_000))
                    .object("worker", "count", "tasks")),
            Map.of(
                "workers",
                List.of(
                    TaskDocs.example(
                        "worker",
                        "executor",
                        "count",
                        1,
                        "tasks",
                        List.of(
                            TaskDocs.example(
                                "taskId", "task-001",
                                "since", Docs.TIME,
                                "until", Docs.TIME))))),
            "")
        .build();
  }

  private static RouteDoc modelsDoc() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listCatalog", "List models")
            .description(
                "Extension. The models that are offered, with their bounds and prices, and which of"
                    + " them are left alone until when. Without providers in the configuration"
                    + " there is none, and the built-in echo answers for any name: `anyModel`.");
    return Docs.answer(
            doc,
            200,
            new Docs.Members()
                .add("models", array(anyObject("A model."), 1_000))
                .add("anyModel", bool("Whether any name is taken."))
                .add("paused", array(anyObject("A pause."), 1_000))
                .object("models", "anyModel", "paused"),
            TaskDocs.example(
                "models",
                List.of(TaskDocs.example("name", "gpt-4", "provider", "openai", "concurrency", 8)),
                "anyModel",
                false,
                "paused",
                List.of()),
            "")
        .build();
  }

  private static Map<String, Object> list(String name, Map<String, Object> item) {
    return new Docs.Members().add(name, array(item, 1_000)).object(name);
  }
}
