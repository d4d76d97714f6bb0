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
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Handler;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.Pagination;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.shared.TaskStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

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
    return List.of(
        new CreateBatch(kit).route(),
        Route.get(CreateBatch.PATH, Permission.of("batches", "read"), this::list, BatchDocs.list())
            .withHead(),
        Route.get(BATCH, Permission.of("batches", "read"), this::get, BatchDocs.get()).withHead(),
        Route.of(
            "PATCH",
            BATCH,
            Permission.of("batches", "write"),
            kit.bodies().reading(BatchChange.BODY, this::edit),
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
                            (tasks, wait) ->
                                kit.envelope()
                                    .ok(BatchViews.Whole.of(view, Optional.of(tasks), wait))));
    return Reply.later(reply);
  }

  private CompletableFuture<List<Batches.Outcome>> first(TenantId tenant, BatchId id, int max) {
    return max == 0
        ? CompletableFuture.completedFuture(List.of())
        : kit.baton().batches().outcomes(tenant, id, 0, max);
  }

  private Reply list(Request request) {
    PageRequest page = PageRequest.of(request, PageRequest.NAMED);
    Set<BatchState> states =
        Params.word(request, "status", BatchStatus.WORDS)
            .map(BatchStatus::states)
            .orElse(EnumSet.allOf(BatchState.class));
    return Reply.later(
        kit.baton()
            .batches()
            .list(request.tenant(), states, page.listOrder(), page.offset(), page.limit())
            .thenApply(
                listed ->
                    kit.envelope()
                        .ok(
                            new BatchViews.Page(
                                listed.views().stream().map(BatchViews.Line::of).toList(),
                                page.pagination(listed.total())))));
  }

  private Reply tasks(Request request) {
    TenantId tenant = request.tenant();
    BatchId id = id(request);
    PageRequest page = PageRequest.of(request, SORTS);
    Optional<String> status = Params.word(request, "status", TaskStatus.WORDS);
    Set<Kind> states = status.map(TaskStatus::states).orElse(EnumSet.allOf(Kind.class));
    Batches batches = kit.baton().batches();
    return Reply.later(
        batches
            .find(tenant, id)
            .thenApply(found -> found.orElseThrow(BatchRoutes::unknown))
            .thenCompose(
                view ->
                    batches
                        .tasks(tenant, id, states, page.offset(), page.limit())
                        .thenCompose(
                            rows -> tasks(tenant, rows, page.pagination(total(view, states))))));
  }

  private static long total(BatchView view, Set<Kind> states) {
    return states.stream().mapToLong(state -> view.tally().of(state)).sum();
  }

  private CompletableFuture<Reply> tasks(
      TenantId tenant, List<TaskRow> rows, Pagination pagination) {
    Batches batches = kit.baton().batches();
    return batches
        .outcomes(tenant, rows)
        .thenApply(
            first ->
                first.size() == rows.size()
                    ? listed(first, pagination)
                    : TaskPage.reply(batches, tenant, listed(List.of(), pagination), rows, first));
  }

  private Reply.Json listed(List<Batches.Outcome> tasks, Pagination pagination) {
    return (Reply.Json) kit.envelope().ok(BatchViews.Tasks.of(tasks, pagination));
  }

  private Reply execute(Request request) {
    return Reply.later(
        kit.baton()
            .batches()
            .start(request.tenant(), id(request))
            .thenApply(
                view -> kit.envelope().ok(BatchViews.Started.of(view), "Batch execution started")));
  }

  private Reply changed(CompletableFuture<BatchView> changed, String verb) {
    return Reply.later(
        changed.thenApply(view -> kit.envelope().ok(BatchViews.Line.of(view), "Batch " + verb)));
  }

  private Reply edit(Request request, BatchChange change) {
    return Reply.later(
        kit.baton()
            .batches()
            .edit(request.tenant(), id(request), change.toCore())
            .thenApply(
                view ->
                    kit.envelope()
                        .ok(
                            BatchViews.Whole.of(view, Optional.empty(), Optional.empty()),
                            "Batch updated")));
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
