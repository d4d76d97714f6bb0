package dev.baton.http.in.runner.task;

import static java.util.Objects.requireNonNull;

import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Ids;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.Optional;

/** What is done to a task: delete, execute, cancel. */
final class TaskActions {
  private static final Body<Execute> EXECUTE = Body.of(Execute.class);

  /** How a task is run now. */
  @Doc(value = "", name = "ExecuteTask")
  record Execute(
      @Doc("Extension. Run it again although it has its answer.") Optional<Boolean> force) {}

  private final RunnerContext kit;

  TaskActions(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  Route delete() {
    RouteDoc.Builder doc =
        Docs.seed(TaskDocs.TAG, "deleteTask", "Delete a task")
            .description(
                "Removes the task with all that belongs to it. Whoever holds it is told with the"
                    + " next call that it was cancelled.");
    Docs.id(doc, "The task.");
    Docs.done(doc, "Task deleted successfully");
    return Route.of(
        "DELETE",
        TaskDocs.TASK,
        Permission.of("tasks", "write"),
        this::delete,
        TaskDocs.unknown(doc).build());
  }

  private Reply delete(Request request) {
    return Reply.later(
        kit.baton()
            .control()
            .delete(request.tenant(), Ids.task(request))
            .thenApply(gone -> kit.envelope().done("Task deleted successfully")));
  }

  Route execute() {
    RouteDoc.Builder doc =
        Docs.seed(TaskDocs.TAG, "executeTask", "Execute a task")
            .description(
                "Runs the task before all that waits, ahead of its start time, and also when its"
                    + " batch was not started or is paused. In a batch that runs it is the next to"
                    + " go, within the batch's maxConcurrency. While it runs, the running execution"
                    + " is returned. A task that failed starts over with all its attempts. One that"
                    + " has its answer is only run again with force; that answer stays among the"
                    + " executions.")
            .optionalBody(EXECUTE.schema());
    Docs.id(doc, "The task.");
    doc.query("force", "As in the body.", Schemas.bool("As in the body."));
    Docs.answer(doc, 200, TaskReplies.Started.class, "Task execution started");
    TaskDocs.unknown(doc);
    Docs.refused(doc, 409, "INVALID_STATE", "it has its answer, and force was not given.");
    return Route.post(
            TaskDocs.TASK + "/execute",
            Permission.of("tasks", "write"),
            kit.bodies().readingOptional(EXECUTE, this::execute),
            Docs.invalid(doc).build())
        .repeatable()
        .withMaxBody(Bodies.SMALL_MAX);
  }

  private Reply execute(Request request, Execute body) {
    boolean force = body.force().or(() -> Params.bool(request, "force")).orElse(false);
    return Reply.later(
        kit.baton()
            .control()
            .runNow(request.tenant(), Ids.task(request), force)
            .thenApply(
                row -> kit.envelope().ok(TaskReplies.Started.of(row), "Task execution started")));
  }

  Route cancel() {
    RouteDoc.Builder doc =
        Docs.extension(TaskDocs.TAG, "callOffTask", "Cancel a task")
            .description(
                "Extension. Nobody works on the task any more; it has failed with the code"
                    + " CANCELLED. Cancelling twice changes nothing.");
    Docs.id(doc, "The task.");
    Docs.answer(doc, 200, TaskReplies.Cancelled.class, "Task cancelled");
    TaskDocs.unknown(doc);
    Docs.refused(doc, 409, "INVALID_STATE", "it is over.");
    return Route.post(
            TaskDocs.TASK + "/cancel",
            Permission.of("tasks", "write"),
            kit.bodies().readingNothing(this::cancel),
            Docs.invalid(doc).build())
        .repeatable()
        .withMaxBody(Bodies.SMALL_MAX);
  }

  private Reply cancel(Request request) {
    return Reply.later(
        kit.baton()
            .control()
            .cancel(request.tenant(), Ids.task(request))
            .thenApply(row -> kit.envelope().ok(TaskReplies.Cancelled.of(row), "Task cancelled")));
  }
}
