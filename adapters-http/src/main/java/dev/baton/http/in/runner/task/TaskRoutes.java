package dev.baton.http.in.runner.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.task.Task;
import dev.baton.core.port.TaskPages.Query;
import dev.baton.core.port.TaskPages.Sort;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Components;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Ids;
import dev.baton.http.in.runner.shared.ModelCheck;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.shared.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads {@code /tasks} and what lies under it. */
public final class TaskRoutes {
  private static final List<String> SORTS = List.of("createdAt", "id");

  private final RunnerContext kit;
  private final Resource tasks;

  public TaskRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
    this.tasks = new Resource(kit, "tasks", TaskDocs.TAG, "task", "TASK_NOT_FOUND");
  }

  public List<Route> routes() {
    PromptReader prompts = new PromptReader(new ModelCheck(kit.baton().models()));
    TaskActions actions = new TaskActions(kit, tasks);
    return List.of(
        new CreateTask(kit, prompts).route(tasks),
        list(),
        get(),
        executions(),
        new UpdateTask(kit, prompts).route(tasks),
        actions.delete(),
        actions.execute(),
        actions.cancel());
  }

  private Route get() {
    return tasks
        .get(TaskDocs.TASK, "readTask", "Get a task")
        .description(
            "The task with its result, its error, or what it waits for. The header ETag names this"
                + " version of it, for If-Match of an update and for If-None-Match here: its place"
                + " in line is no part of it.")
        .header(
            "If-None-Match",
            "The ETag of the task as you know it: 304 while it is the same.",
            Schemas.string("ETags, or *."))
        .answer(304, new RouteDoc.Answer("It is as you know it.", null, Reply.JSON_TYPE))
        .answer(TaskView.class)
        .handled(this::get);
  }

  private Reply get(Request request) {
    return Reply.later(
        find(request)
            .thenCompose(
                task ->
                    EntityTags.isKnown(request, task.version())
                        ? CompletableFuture.completedFuture(TaskView.tagged(Reply.empty(304), task))
                        : traced(request.tenant(), task)
                            .thenApply(view -> TaskView.tagged(kit.envelope().ok(view), task))));
  }

  private CompletableFuture<Task> find(Request request) {
    return kit.baton()
        .tasks()
        .find(request.tenant(), Ids.task(request))
        .thenApply(found -> found.orElseThrow(Ids::unknownTask));
  }

  /** The task, with where it came from and why it waits if it does. */
  private CompletableFuture<TaskView> traced(TenantId tenant, Task task) {
    CompletableFuture<Optional<String>> origin = kit.baton().tasks().origin(task.row().seq());
    CompletableFuture<Optional<Wait>> wait =
        TaskView.isPending(task)
            ? kit.baton().insight().whyWaiting(tenant, task.id())
            : CompletableFuture.completedFuture(Optional.empty());
    return origin.thenCombine(wait, (request, why) -> TaskView.of(task, request, why));
  }

  private Route list() {
    return tasks
        .get(TaskDocs.TASKS, "findTasks", "List tasks")
        .description("Tasks without their texts. A page past the end is empty.")
        .query("status", "Only tasks in this state.", Components.ref(TaskStatus.class))
        .query("batchId", "Only tasks of this batch.", Schemas.name("A batch.", BatchId.MAX_LENGTH))
        .query("createdAfter", "Only later ones.", Docs.instant("An instant."))
        .query("createdBefore", "Only earlier ones.", Docs.instant("An instant."))
        .paged(SORTS)
        .answer(TaskLine.Page.class)
        .from(this::list);
  }

  private CompletableFuture<TaskLine.Page> list(Request request) {
    PageRequest page = PageRequest.of(request, SORTS);
    return kit.baton()
        .tasks()
        .page(request.tenant(), query(request, page), page.offset(), page.limit())
        .thenApply(
            listed ->
                new TaskLine.Page(
                    listed.rows().stream().map(TaskLine::of).toList(),
                    page.pagination(listed.total())));
  }

  private static Query query(Request request, PageRequest page) {
    Optional<Instant> after = Params.instant(request, "createdAfter");
    Optional<Instant> before = Params.instant(request, "createdBefore");
    if (after.isPresent() && before.isPresent() && after.get().isAfter(before.get())) {
      throw FieldErrors.invalid(
          "Value should not lie before createdAfter", "value_error", "query", "createdBefore");
    }
    return new Query(
        Params.word(request, "status", TaskStatus.WORDS).map(TaskStatus::states).orElse(Set.of()),
        request
            .queryString("batchId")
            .map(id -> Fields.typed(BatchId.class, id, "query", "batchId")),
        after,
        before,
        page.sort().equals("id") ? Sort.ID : Sort.CREATED,
        page.ascending());
  }

  private Route executions() {
    return tasks
        .get(TaskDocs.TASK + "/executions", "listExecutions", "List a task's executions")
        .extension(
            "Every attempt that was made of the task, oldest first and numbered in this order, with"
                + " why it brought no answer; at most the newest 100 that are over, and the last.")
        .answer(Execution.All.class)
        .from(request -> find(request).thenApply(task -> new Execution.All(Executions.of(task))));
  }
}
