package dev.baton.http.in.runner.batch;

import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.ResultFormat;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.usecase.batch.BatchView;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.json.Components;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Operation;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.Pagination;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.shared.TaskStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** {@code /batches} and what lies under it. */
public final class BatchRoutes {
  static final String PATH = RunnerContext.PREFIX + "/batches";
  private static final String BATCH = PATH + "/{id}";

  private static final List<String> SORTS = List.of("createdAt");
  private static final int TASKS_SHOWN = 100;

  private static final List<String> FORMATS =
      Arrays.stream(ResultFormat.values())
          .map(format -> format.name().toLowerCase(Locale.ROOT))
          .toList();

  private final RunnerContext kit;
  private final Resource resource;

  public BatchRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
    this.resource = new Resource(kit, "batches", "batches", "batch", "BATCH_NOT_FOUND");
  }

  public List<Route> routes() {
    return List.of(
        new CreateBatch(kit).route(resource),
        list(),
        get(),
        edit(),
        delete(),
        tasks(),
        results(),
        execute(),
        turn("pause", "Pause a batch", "paused", batches()::pause),
        turn("resume", "Resume a batch", "resumed", batches()::resume),
        turn("cancel", "Cancel a batch", "cancelled", batches()::cancel),
        turn("retry", "Retry what failed", "retried", batches()::retry));
  }

  private Batches batches() {
    return kit.baton().batches();
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

  private CompletableFuture<BatchView> find(Request request) {
    return batches()
        .find(request.tenant(), id(request))
        .thenApply(found -> found.orElseThrow(BatchRoutes::unknown));
  }

  private static Operation inState(Operation operation) {
    return operation.refused(
        409, "INVALID_STATE", "the batch is in a state that does not allow this.");
  }

  private Route list() {
    return resource
        .get(PATH, "findBatches", "List batches")
        .extension("Without their tasks; newest first unless it is sorted otherwise.")
        .query("status", "Only batches in this state.", Components.ref(BatchStatus.class))
        .paged(PageRequest.NAMED)
        .answer(BatchViews.Page.class)
        .from(this::list);
  }

  private CompletableFuture<BatchViews.Page> list(Request request) {
    PageRequest page = PageRequest.of(request, PageRequest.NAMED);
    Set<BatchState> states =
        Params.word(request, "status", BatchStatus.WORDS)
            .map(BatchStatus::states)
            .orElse(EnumSet.allOf(BatchState.class));
    return batches()
        .list(request.tenant(), states, page.listOrder(), page.offset(), page.limit())
        .thenApply(
            listed ->
                new BatchViews.Page(
                    listed.views().stream().map(BatchViews.Line::of).toList(),
                    page.pagination(listed.total())));
  }

  private Route get() {
    return resource
        .get(BATCH, "readBatch", "Get a batch")
        .description(
            "The batch with its counts, which are kept and not counted, and its first tasks.")
        .query(
            "taskLimit",
            "How many of its tasks to show, 0 to 100.",
            integer("Tasks.", 0, PageRequest.LIMIT_MAX))
        .answer(BatchViews.Whole.class)
        .from(this::get);
  }

  private CompletableFuture<BatchViews.Whole> get(Request request) {
    int shown = request.queryInt("taskLimit", TASKS_SHOWN, 0, PageRequest.LIMIT_MAX);
    return find(request)
        .thenCompose(
            view ->
                first(request.tenant(), view.batch().id(), shown)
                    .thenCombine(
                        kit.baton().insight().whyWaiting(request.tenant(), view.batch().id()),
                        (tasks, wait) -> BatchViews.Whole.of(view, Optional.of(tasks), wait)));
  }

  private CompletableFuture<List<Batches.Outcome>> first(TenantId tenant, BatchId id, int max) {
    return max == 0
        ? CompletableFuture.completedFuture(List.of())
        : batches().outcomes(tenant, id, 0, max);
  }

  private Route edit() {
    return inState(resource.patch(BATCH, "updateBatch", "Change a batch"))
        .extension(
            "Also while it runs: a new priority or deadline is taken on by all its tasks that wait,"
                + " a new concurrency at once.")
        .answer(200, BatchViews.Whole.class, "Batch updated")
        .reading(
            BatchChange.BODY,
            (request, change) ->
                batches()
                    .edit(request.tenant(), id(request), change.toCore())
                    .thenApply(
                        view -> BatchViews.Whole.of(view, Optional.empty(), Optional.empty())));
  }

  private Route delete() {
    return resource
        .delete(BATCH, "deleteBatch", "Delete a batch")
        .extension("Nobody sees it from now on; its tasks and results go page by page.")
        .done("Batch deleted", request -> batches().delete(request.tenant(), id(request)));
  }

  private Route tasks() {
    return resource
        .get(BATCH + "/tasks", "findBatchTasks", "List a batch's tasks")
        .extension("In the order of its rows.")
        .query("status", "Only tasks in this state.", Components.ref(TaskStatus.class))
        .paged(SORTS)
        .answer(BatchViews.Tasks.class)
        .handled(this::tasks);
  }

  private Reply tasks(Request request) {
    TenantId tenant = request.tenant();
    PageRequest page = PageRequest.of(request, SORTS);
    Optional<String> status = Params.word(request, "status", TaskStatus.WORDS);
    Set<Kind> states = status.map(TaskStatus::states).orElse(EnumSet.allOf(Kind.class));
    return Reply.later(
        find(request)
            .thenCompose(
                view ->
                    batches()
                        .tasks(tenant, view.batch().id(), states, page.offset(), page.limit())
                        .thenCompose(
                            rows -> tasks(tenant, rows, page.pagination(total(view, states))))));
  }

  private static long total(BatchView view, Set<Kind> states) {
    return states.stream().mapToLong(state -> view.tally().of(state)).sum();
  }

  private CompletableFuture<Reply> tasks(
      TenantId tenant, List<TaskRow> rows, Pagination pagination) {
    return batches()
        .outcomes(tenant, rows)
        .thenApply(
            first ->
                first.size() == rows.size()
                    ? listed(first, pagination)
                    : TaskPage.reply(
                        batches(), tenant, listed(List.of(), pagination), rows, first));
  }

  private Reply.Json listed(List<Batches.Outcome> tasks, Pagination pagination) {
    return (Reply.Json) kit.envelope().ok(BatchViews.Tasks.of(tasks, pagination));
  }

  private Route execute() {
    return inState(resource.post(BATCH + "/execute", "executeBatch", "Execute a batch"))
        .description("Starts it; one that runs already goes on.")
        .answer(200, BatchViews.Started.class, "Batch execution started")
        .from(
            request ->
                batches().start(request.tenant(), id(request)).thenApply(BatchViews.Started::of));
  }

  private Route turn(
      String verb,
      String summary,
      String done,
      BiFunction<TenantId, BatchId, CompletableFuture<BatchView>> work) {
    return inState(resource.post(BATCH + "/" + verb, verb + "Batch", summary))
        .extension("The batch as it stands then; repeating it changes nothing.")
        .answer(200, BatchViews.Line.class, "Batch " + done)
        .from(request -> work.apply(request.tenant(), id(request)).thenApply(BatchViews.Line::of));
  }

  private Route results() {
    return resource
        .get(BATCH + "/results", "readBatchResults", "Download a batch's results")
        .extension(
            "In the order of its rows, also while it runs; as CSV or as JSON Lines, as the"
                + " parameter format or the header Accept says. openai and anthropic are lines as"
                + " their batch APIs write them, of the rows that are over.")
        .query("format", "Which form.", Docs.words("A form.", FORMATS))
        .answer(
            200,
            new RouteDoc.Answer(
                "The rows, the first of CSV being the header.",
                string("The file's content."),
                ResultStream.CSV_TYPE,
                ResultStream.JSONL_TYPE))
        .route(this::results);
  }

  private Reply results(Request request) {
    ResultFormat format = format(request);
    return Reply.later(
        find(request)
            .thenApply(
                view ->
                    new ResultStream(
                            batches(),
                            kit.baton().models(),
                            request.tenant(),
                            view.batch().id(),
                            format)
                        .reply()));
  }

  private static ResultFormat format(Request request) {
    Optional<String> named = Params.word(request, "format", FORMATS);
    if (named.isPresent()) {
      return ResultFormat.valueOf(named.get().toUpperCase(Locale.ROOT));
    }
    String accept = request.header("Accept").orElse("*/*");
    if (accept.contains("text/csv")) {
      return ResultFormat.CSV;
    }
    if (accept.contains("*/*") || accept.contains("ndjson") || accept.contains("jsonl")) {
      return ResultFormat.JSONL;
    }
    throw FieldErrors.invalid(
        "Input should be one of: " + String.join(", ", FORMATS), "enum", "query", "format");
  }
}
