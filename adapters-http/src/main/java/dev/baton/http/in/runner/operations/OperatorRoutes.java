package dev.baton.http.in.runner.operations;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Extensions for operators: queues, workers, models. */
public final class OperatorRoutes {
  private static final String QUEUES = RunnerContext.PREFIX + "/queues";

  private final RunnerContext kit;
  private final Resource queues;

  public OperatorRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
    this.queues = new Resource(kit, "queues", "operators");
  }

  public List<Route> routes() {
    return List.of(
        list(),
        turn("pause", "Hands nothing out from it until it is resumed.", true),
        turn("resume", "Hands out from it again.", false),
        workers(),
        models());
  }

  private Route list() {
    return queues
        .get(QUEUES, "listQueues", "List queues")
        .extension("How many tasks wait and run, by queue.")
        .answer(OperatorViews.Queues.class)
        .from(
            request ->
                kit.baton()
                    .queues()
                    .overview(request.tenant())
                    .thenApply(OperatorViews.Queues::of));
  }

  private Route turn(String verb, String description, boolean pause) {
    BiFunction<TenantId, QueueName, CompletableFuture<List<QueueName>>> work =
        pause ? kit.baton().queues()::pause : kit.baton().queues()::resume;
    return queues
        .post(QUEUES + "/{name}/" + verb, verb + "Queue", (pause ? "Pause" : "Resume") + " a queue")
        .extension(description)
        .path("name", "The queue.")
        .answer(200, OperatorViews.Turn.class, "Queue " + verb + "d")
        .from(
            request -> {
              QueueName queue =
                  Fields.typed(QueueName.class, request.pathParameter("name"), "path", "name");
              return work.apply(request.tenant(), queue)
                  .thenApply(paused -> new OperatorViews.Turn(queue, pause));
            });
  }

  private Route workers() {
    return new Resource(kit, "workers", "operators")
        .get(RunnerContext.PREFIX + "/workers", "listWorkers", "List workers")
        .extension("Who holds what since when, and until when: at most 1000 leases.")
        .answer(OperatorViews.Workers.class)
        .from(
            request ->
                kit.baton()
                    .figures()
                    .leased(request.tenant())
                    .thenApply(OperatorViews.Workers::of));
  }

  private Route models() {
    return queues
        .get(RunnerContext.PREFIX + "/models", "listCatalog", "List models")
        .extension(
            "The models that are offered, with their bounds and prices, and which of them are"
                + " paused until when. Without providers in the configuration there is none;"
                + " `anyModel` where the built-in echo answers all the same (serve --echo).")
        .answer(OperatorViews.Catalog.class)
        .from(request -> CompletableFuture.completedFuture(catalog()));
  }

  private OperatorViews.Catalog catalog() {
    Map<ModelName, ModelPause> paused =
        kit.baton().models().paused().stream()
            .collect(Collectors.toMap(ModelPause::model, Function.identity()));
    return new OperatorViews.Catalog(
        kit.baton().models().offered().stream()
            .map(spec -> OperatorViews.Model.of(spec, Optional.ofNullable(paused.get(spec.name()))))
            .toList(),
        kit.baton().answersAnyModel(),
        paused.values().stream().map(OperatorViews.Pause::of).toList());
  }
}
