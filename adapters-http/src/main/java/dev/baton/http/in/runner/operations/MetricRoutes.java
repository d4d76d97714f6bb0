package dev.baton.http.in.runner.operations;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.port.StatRows.Bucket;
import dev.baton.core.usecase.insight.Metrics.Since;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Components;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.shared.TaskStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /metrics}: figures about tasks, and about the process. */
public final class MetricRoutes {
  private static final String PATH = RunnerContext.PREFIX + "/metrics";

  private final RunnerContext kit;
  private final Resource metrics;

  public MetricRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
    this.metrics = new Resource(kit, "metrics", "metrics");
  }

  public List<Route> routes() {
    return List.of(system(), tasks());
  }

  private Route system() {
    return metrics
        .get(PATH, "systemMetrics", "Get system metrics")
        .description("Tasks as of now, the pace of the last day, and the server's machine.")
        .answer(SystemMetrics.class)
        .from(
            request ->
                kit.baton()
                    .figures()
                    .since(request.tenant(), Period.DAY.length)
                    .thenApply(day -> SystemMetrics.of(day, kit.settings().machine())));
  }

  private Route tasks() {
    return metrics
        .get(PATH + "/tasks", "taskMetrics", "Get task metrics")
        .description("What ended within the period, kept for 31 days in steps of five minutes.")
        .query("period", "How far back.", Docs.words("A period.", Period.WORDS))
        .query("status", "Only tasks that ended so.", Components.ref(TaskStatus.class))
        .query("model", "Only tasks of this model.", Schemas.string("A model."))
        .answer(TaskMetrics.class)
        .from(this::tasks);
  }

  private CompletableFuture<TaskMetrics> tasks(Request request) {
    Period period = Period.of(Params.word(request, "period", Period.WORDS).orElse("day"));
    TaskFigures figures =
        new TaskFigures(kit.baton().models(), Params.word(request, "status", TaskStatus.WORDS));
    Optional<String> model = request.queryString("model");
    return kit.baton()
        .figures()
        .since(request.tenant(), period.length)
        .thenApply(since -> figures.of(since, period, buckets(since, model)));
  }

  private static List<Bucket> buckets(Since since, Optional<String> model) {
    return since.buckets().stream()
        .filter(bucket -> model.isEmpty() || model.equals(bucket.model().map(ModelName::value)))
        .toList();
  }
}
