package dev.baton.http.in.runner.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.usecase.batch.BatchView;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Handler;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Fields;
import dev.baton.http.in.runner.shared.ModelCheck;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.task.PromptReader;
import dev.baton.http.in.runner.task.TaskViews;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code /batches} and what lies under it. */
public final class BatchRoutes {
  static final String BATCH = CreateBatch.PATH + "/{id}";

  private static final List<String> SORTS = List.of("createdAt");
  private static final int TASKS_SHOWN = 100;

  private final RunnerContext kit;

  public BatchRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  public List<Route> routes() {
    BatchReader reader = new BatchReader(new PromptReader(new ModelCheck(kit.baton().models())));
    return List.of(
        new CreateBatch(kit, reader).route(),
        Route.get(CreateBatch.PATH, Permission.of("batches", "read"), this::list, BatchDocs.list())
            .withHead(),
        Route.get(BATCH, Permission.of("batches", "read"), this::get, BatchDocs.get()).withHead(),
        Route.of(
            "PATCH",
            BATCH,
            Permission.of("batches", "write"),
            kit.bodies().reading(BatchEdits.SHAPE, this::edit),
            BatchDocs.edit()),
        Route.of(
            "DELETE", BATCH, Permission.of("batches", "write"), this::delete, BatchDocs.delete()),
        Route.get(
                BATCH + "/tasks", Permission.of("batches", "read"), this::tasks, BatchDocs.tasks())
            .withHead(),
        Route.get(
                BATCH + "/results",
                Permission.of("batches", "read"),
                this::results,
                BatchDocs.results())
            .withHead(),
        change("execute", this::execute, BatchDocs.execute()),
        change(
            "pause",
            request ->
                changed(kit.baton().batches().pause(request.tenant(), id(request)), "paused"),
            BatchDocs.change("pauseBatch", "Pause a batch", "paused")),
        change(
            "resume",
            request ->
                changed(kit.baton().batches().resume(request.tenant(), id(request)), "resumed"),
            BatchDocs.change("resumeBatch", "Resume a batch", "resumed")),
        change(
            "cancel",
            request ->
                changed(kit.baton().batches().cancel(request.tenant(), id(request)), "cancelled"),
            BatchDocs.change("cancelBatch", "Cancel a batch", "cancelled")),
        change(
            "retry",
            request ->
                changed(kit.baton().batches().retry(request.tenant(), id(request)), "retried"),
            BatchDocs.change("retryBatch", "Retry what failed", "retried")));
  }

  private Route change(String verb, Handler handler, RouteDoc doc) {
    return Route.post(
            BATCH + "/" + verb,
            Permission.of("batches", "write"),
            kit.bodies().readingNothing(handler),
            doc)
        .repeatable()
        .withMaxBody(Bodies.SMALL_MAX);
  }

  /** The batch that the path names: an id that no batch can have is just unknown. */
  private static BatchId id(Request request) {
    String id = request.pathParameter("id");
    if (!BatchId.isValid(id)) {
      throw unknown();
    }
    return new BatchId(id);
  }

  private static BatonException unknown() {
    return new BatonException(ErrorCode.BATCH_NOT_FOUND, "Batch not found");
  }

  private Reply get(Request request) {
    TenantId tenant = request.tenant();
    BatchId id = id(request);
    int shown = request.queryInt("taskLimit", TASKS_SHOWN, 0, PageRequest.LIMIT_MAX);
    Batches batches = kit.baton().batches();
    CompletableFuture<Reply> reply =
        batches
            .find(tenant, id)
            .thenApply(found -> found.orElseThrow(BatchRoutes::unknown))
            .thenCompose(
                view ->
                    first(tenant, id, shown)
                        .thenCombine(
                            kit.baton().insight().whyWaiting(tenant, id),
                            (tasks, wait) -> kit.envelope().ok(shown(view, tasks, wait))));
    return Reply.later(reply);
  }

  private static Map<String, @Nullable Object> shown(
      BatchView view, List<Batches.Outcome> tasks, Optional<Wait> wait) {
    Map<String, @Nullable Object> shown = BatchViews.batch(view, tasks);
    wait.ifPresent(why -> shown.put("waiting", TaskViews.wait(why)));
    return shown;
  }

  private CompletableFuture<List<Batches.Outcome>> first(TenantId tenant, BatchId id, int max) {
    return max == 0
        ? CompletableFuture.completedFuture(List.of())
        : kit.baton().batches().outcomes(tenant, id, 0, max);
  }

  private Reply list(Request request) {
    PageRequest page = PageRequest.of(request, PageRequest.NAMED);
    Set<BatchState> states =
        Params.word(request, "status", BatchViews.STATUSES)
            .map(BatchViews::states)
            .orElse(EnumSet.allOf(BatchState.class));
    return Reply.later(
        kit.baton()
            .batches()
            .list(request.tenant(), states, page.listOrder(), page.offset(), page.limit())
            .thenApply(
                listed -> {
                  Map<String, Object> data = new LinkedHashMap<>();
                  data.put("batches", listed.views().stream().map(BatchViews::line).toList());
                  data.put("pagination", page.view(listed.total()));
                  return kit.envelope().ok(data);
                }));
  }

  private Reply tasks(Request request) {
    TenantId tenant = request.tenant();
    BatchId id = id(request);
    PageRequest page = PageRequest.of(request, SORTS);
    Optional<String> status = Params.word(request, "status", TaskViews.STATUSES);
    Set<Kind> states = status.map(TaskViews::states).orElse(EnumSet.allOf(Kind.class));
    Batches batches = kit.baton().batches();
    return Reply.later(
        batches
            .find(tenant, id)
            .thenApply(found -> found.orElseThrow(BatchRoutes::unknown))
            .thenCombine(
                batches.tasks(tenant, id, states, page.offset(), page.limit()),
                (view, rows) -> {
                  long total = states.stream().mapToLong(state -> view.tally().of(state)).sum();
                  return tasks(tenant, rows, page.view(total));
                })
            .thenCompose(reply -> reply));
  }

  private CompletableFuture<Reply> tasks(
      TenantId tenant, List<TaskRow> rows, Map<String, Object> pagination) {
    Batches batches = kit.baton().batches();
    return batches
        .outcomes(tenant, rows)
        .thenApply(
            first ->
                first.size() == rows.size()
                    ? listed(first, pagination)
                    : TaskPage.reply(batches, tenant, listed(List.of(), pagination), rows, first));
  }

  private Reply.Json listed(List<Batches.Outcome> tasks, Map<String, Object> pagination) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("tasks", tasks.stream().map(BatchViews::task).toList());
    data.put("pagination", pagination);
    return (Reply.Json) kit.envelope().ok(data);
  }

  private Reply execute(Request request) {
    return Reply.later(
        kit.baton()
            .batches()
            .start(request.tenant(), id(request))
            .thenApply(
                view -> {
                  Map<String, Object> data = new LinkedHashMap<>();
                  data.put("executionId", view.batch().executionId());
                  data.put("status", BatchViews.status(view.batch().state()));
                  return kit.envelope().ok(data, "Batch execution started");
                }));
  }

  private Reply changed(CompletableFuture<BatchView> changed, String verb) {
    return Reply.later(
        changed.thenApply(view -> kit.envelope().ok(BatchViews.line(view), "Batch " + verb)));
  }

  private Reply edit(Request request, Fields fields) {
    return Reply.later(
        kit.baton()
            .batches()
            .edit(request.tenant(), id(request), BatchEdits.edit(fields))
            .thenApply(
                view -> {
                  Map<String, @Nullable Object> shown = BatchViews.batch(view, List.of());
                  shown.remove("tasks");
                  return kit.envelope().ok(shown, "Batch updated");
                }));
  }

  private Reply delete(Request request) {
    return Reply.later(
        kit.baton()
            .batches()
            .delete(request.tenant(), id(request))
            .thenApply(view -> kit.envelope().done("Batch deleted")));
  }

  private Reply results(Request request) {
    BatchId id = id(request);
    Format format = format(request);
    return Reply.later(
        kit.baton()
            .batches()
            .find(request.tenant(), id)
            .thenApply(found -> found.orElseThrow(BatchRoutes::unknown))
            .thenApply(
                view ->
                    new ResultStream(
                            kit.baton().batches(),
                            kit.baton().models(),
                            request.tenant(),
                            id,
                            format)
                        .reply()));
  }

  private static Format format(Request request) {
    Optional<String> named = Params.word(request, "format", List.of("csv", "jsonl"));
    if (named.isPresent()) {
      return named.get().equals("csv") ? Format.CSV : Format.JSONL;
    }
    String accept = request.header("Accept").orElse("*/*");
    if (accept.contains("text/csv")) {
      return Format.CSV;
    }
    if (accept.contains("*/*") || accept.contains("ndjson") || accept.contains("jsonl")) {
      return Format.JSONL;
    }
    throw FieldErrors.invalid("Input should be one of: csv, jsonl", "enum", "query", "format");
  }
}
