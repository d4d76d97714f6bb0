package dev.baton.http.in.runner.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.usecase.task.TaskControl;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.Ids;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is done to a task: delete, execute, cancel. */
final class TaskActions {
  private static final Body<Execute> EXECUTE = Body.of(Execute.class);

  /** How a task is run now. */
  @Doc(value = "", name = "ExecuteTask")
  record Execute(
      @Doc("Extension. Run it again although it has its answer.") Optional<Boolean> force) {}

  private final RunnerContext kit;
  private final Resource tasks;

  TaskActions(RunnerContext kit, Resource tasks) {
    this.kit = requireNonNull(kit, "kit");
    this.tasks = requireNonNull(tasks, "tasks");
  }

  private TaskControl control() {
    return kit.baton().control();
  }

  Route delete() {
    return tasks
        .delete(TaskDocs.TASK, "deleteTask", "Delete a task")
        .description(
            "Removes the task with all that belongs to it. Whoever holds it is told with the next"
                + " call that it was cancelled.")
        .done(
            "Task deleted successfully",
            request -> control().delete(request.tenant(), Ids.task(request)));
  }

  Route execute() {
    return tasks
        .post(TaskDocs.TASK + "/execute", "executeTask", "Execute a task")
        .description(
            "Runs the task before all that waits, ahead of its start time, and also when its batch"
                + " was not started or is paused. In a batch that runs it is the next to go, within"
                + " the batch's maxConcurrency. While it runs, the running execution is returned. A"
                + " task that failed starts over with all its attempts. One that has its answer is"
                + " only run again with force; that answer stays among the executions.")
        .query("force", "As in the body.", Schemas.bool("As in the body."))
        .refused(409, "INVALID_STATE", "it has its answer, and force was not given.")
        .answer(200, TaskReplies.Started.class, "Task execution started")
        .readingOptional(EXECUTE, this::execute);
  }

  private CompletableFuture<TaskReplies.Started> execute(Request request, Execute body) {
    boolean force = body.force().or(() -> Params.bool(request, "force")).orElse(false);
    return control()
        .runNow(request.tenant(), Ids.task(request), force)
        .thenApply(TaskReplies.Started::of);
  }

  Route cancel() {
    return tasks
        .post(TaskDocs.TASK + "/cancel", "callOffTask", "Cancel a task")
        .extension(
            "Nobody works on the task any more; it has failed with the code CANCELLED. Cancelling"
                + " twice changes nothing.")
        .refused(409, "INVALID_STATE", "it is over.")
        .answer(200, TaskReplies.Cancelled.class, "Task cancelled")
        .from(
            request ->
                control()
                    .cancel(request.tenant(), Ids.task(request))
                    .thenApply(TaskReplies.Cancelled::of));
  }
}
