package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.usecase.insight.Insight;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.core.usecase.task.LeasedWork;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Reads tasks: one, its answer, the pieces of it, and lists of them. */
final class TaskReads {
  private static final Permission READ = Permission.of("tasks", "read");
  private static final int PAGE = 100;
  private static final int EXCERPT_MAX = 500;
  private static final int SEQ_DIGITS_MAX = 18;
  private static final RouteDoc.Parameter TASK =
      new RouteDoc.Parameter("taskId", "query", "The task.", true, Docs.TASK_ID);

  private final Tasks tasks;
  private final Insight insight;

  TaskReads(Tasks tasks, Insight insight) {
    this.tasks = requireNonNull(tasks, "tasks");
    this.insight = requireNonNull(insight, "insight");
  }

  Route getResponse() {
    return Route.get("/getResponse", READ, this::response, responseDoc()).withHead();
  }

  Route getTask() {
    return Route.get("/getTask", READ, this::task, taskDoc()).withHead();
  }

  Route getChunks() {
    return Route.get("/getChunks", READ, this::chunks, chunksDoc()).withHead();
  }

  Route listTasks() {
    return Route.get("/listTasks", READ, this::list, listDoc()).withHead();
  }

  private Reply response(Request request) {
    return shown(
        request, task -> insight.whyBriefly(request.tenant(), task.id()), TaskViews.Response::of);
  }

  private Reply task(Request request) {
    return shown(
        request, task -> insight.whyWaiting(request.tenant(), task.id()), TaskViews.Whole::of);
  }

  /** Why a task waits is asked only of one that is not over. */
  private Reply shown(
      Request request,
      java.util.function.Function<Task, CompletableFuture<Optional<Wait>>> why,
      BiFunction<Task, Optional<Wait>, Object> view) {
    return Reply.later(
        find(request)
            .thenCompose(
                task ->
                    (task.state().kind().isTerminal()
                            ? completedFuture(Optional.<Wait>empty())
                            : why.apply(task))
                        .thenApply(wait -> shown(view.apply(task, wait)))));
  }

  private static Reply shown(Object view) {
    return Reply.ok(view).withHeaders(Replies.NO_STORE);
  }

  private CompletableFuture<Task> find(Request request) {
    String id =
        request
            .queryString("taskId")
            .orElseThrow(() -> FieldErrors.invalid("Field required", "missing", "query", "taskId"));
    return tasks
        .find(request.tenant(), known(id))
        .thenApply(
            task ->
                task.orElseThrow(
                    () -> new BatonException(ErrorCode.TASK_NOT_FOUND, "there is no task " + id)));
  }

  /** The id of a task that should exist: one that no task can have is merely unknown. */
  static TaskId known(String id) {
    if (!TaskId.isValid(id)) {
      throw new BatonException(ErrorCode.TASK_NOT_FOUND, "there is no such task");
    }
    return new TaskId(id);
  }

  private Reply chunks(Request request) {
    int token = request.queryInt("token", 1, 1, Integer.MAX_VALUE);
    int after = request.queryInt("after", 0, 0, Chunk.MAX_PER_LEASE);
    int max = request.queryInt("max", LeasedWork.CHUNKS_MAX, 1, LeasedWork.CHUNKS_MAX);
    // The status first: who reads "succeeded" here has been given every piece there is.
    return Reply.later(
        find(request)
            .thenCompose(
                task ->
                    tasks
                        .chunks(request.tenant(), task.id(), token, after, max)
                        .thenApply(chunks -> shown(chunks(task, chunks)))));
  }

  private static TaskViews.Chunks chunks(Task task, List<Chunk> chunks) {
    return new TaskViews.Chunks(
        task.id().value(),
        task.row().state(),
        chunks.stream()
            .map(chunk -> new TaskViews.Piece(chunk.token(), chunk.number(), chunk.text()))
            .toList());
  }

  private Reply list(Request request) {
    Filter filter =
        new Filter(
            request.queryString("state").map(TaskReads::state),
            request
                .queryString("queue")
                .map(name -> Fields.typed(QueueName.class, name, "query", "queue")));
    long before = request.queryString("before").map(TaskReads::before).orElse(Long.MAX_VALUE);
    int max = request.queryInt("max", PAGE, 1, Tasks.PAGE_MAX);
    int excerpt = request.queryInt("excerpt", 0, 0, EXCERPT_MAX);
    return Reply.later(
        tasks
            .lines(request.tenant(), filter, before, max, excerpt)
            .thenApply(lines -> shown(page(lines, lines.size() == max))));
  }

  private static TaskViews.Page page(List<Tasks.Line> lines, boolean mayBeMore) {
    return new TaskViews.Page(
        lines.stream().map(TaskViews.Line::of).toList(),
        mayBeMore ? lines.get(lines.size() - 1).row().seq() : null);
  }

  private static TaskState.Kind state(String word) {
    for (TaskState.Kind kind : TaskState.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return kind;
      }
    }
    throw FieldErrors.invalid(
        "Input should be held, ready, leased, succeeded, dead or cancelled",
        "enum",
        "query",
        "state");
  }

  private static long before(String seq) {
    boolean number =
        !seq.isEmpty()
            && seq.length() <= SEQ_DIGITS_MAX
            && seq.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      throw FieldErrors.invalid(
          "Input should be the next of an earlier page", "int_parsing", "query", "before");
    }
    return Long.parseLong(seq);
  }

  private static RouteDoc responseDoc() {
    return Docs.extension("getResponse", "Read the answer to a prompt")
        .description(
            "Extension. The status of the task, with the answer once it has succeeded, or the"
                + " error once it is dead.")
        .parameter(TASK)
        .answer(200, "The task as it stands.", Docs.schema(TaskViews.Response.class))
        .answer(404, Docs.UNKNOWN)
        .build();
  }

  private static RouteDoc taskDoc() {
    return Docs.extension("getTask", "Read everything about a task")
        .description(
            "Extension. The prompt, its terms, who has it, every attempt so far, the answer and"
                + " those that came too late. While it is not over, `waiting` says why it has no"
                + " answer yet.")
        .parameter(TASK)
        .answer(200, "The task as it stands.", Docs.schema(TaskViews.Whole.class))
        .answer(404, Docs.UNKNOWN)
        .build();
  }

  private static RouteDoc chunksDoc() {
    return Docs.extension("getChunks", "Read the pieces of a running answer")
        .description(
            "Extension. The pieces that follow piece `after` of the lease with `token`. When a"
                + " later lease has begun to answer, its pieces come instead, from the first"
                + " on, under a higher token: start over.")
        .parameter(TASK)
        .query(
            "token",
            "The token of the pieces you are reading; 1 at first.",
            Docs.number("Counted from 1.", 1, Integer.MAX_VALUE, 1))
        .query(
            "after",
            "The number of the last piece you have; 0 at first.",
            Docs.number("A piece.", 0, Chunk.MAX_PER_LEASE, 0))
        .query(
            "max",
            "How many pieces to return at most.",
            Docs.number("Pieces.", 1, LeasedWork.CHUNKS_MAX, LeasedWork.CHUNKS_MAX))
        .answer(200, "The pieces, in order.", Docs.schema(TaskViews.Chunks.class))
        .answer(404, Docs.UNKNOWN)
        .build();
  }

  private static RouteDoc listDoc() {
    return Docs.extension("listTasks", "List tasks")
        .description(
            "Extension. Tasks without their whole texts, newest first. Pass `next` of a page as"
                + " `before` to get the one after it; null means that it was the last.")
        .query("state", "Only tasks in this state.", Docs.schema(TaskState.Kind.class))
        .query("queue", "Only tasks of this queue.", Schemas.name("A queue.", QueueName.MAX_LENGTH))
        .query(
            "before",
            "Where the page before this one ended.",
            Schemas.integer("A task's number.", 0, Long.MAX_VALUE))
        .query(
            "max",
            "How many tasks to return at most.",
            Docs.number("Tasks.", 1, Tasks.PAGE_MAX, PAGE))
        .query(
            "excerpt",
            "How much to show of each prompt; long lists show it of the first lines only.",
            Docs.number("UTF-16 units.", 0, EXCERPT_MAX, 0))
        .answer(200, "A page.", Docs.schema(TaskViews.Page.class))
        .build();
  }
}
