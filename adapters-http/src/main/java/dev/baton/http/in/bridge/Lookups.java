package dev.baton.http.in.bridge;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Task;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.json.JsonShape;
import java.util.concurrent.CompletableFuture;

/** Finds the task that a request names. */
final class Lookups {
  /** A body that names a task and says nothing else. */
  static final JsonShape TASK =
      JsonShape.builder().text("taskId", Fields.ID_LENGTH_MAX).require("taskId").build();

  private Lookups() {}

  static TaskId taskId(Request request) {
    return Fields.knownTask(
        request
            .queryString("taskId")
            .orElseThrow(
                () -> FieldErrors.invalid("Field required", "missing", "query", "taskId")));
  }

  static CompletableFuture<Task> find(Tasks tasks, Request request) {
    TaskId id = taskId(request);
    return tasks
        .find(request.tenant(), id)
        .thenApply(
            task ->
                task.orElseThrow(
                    () -> new BatonException(ErrorCode.TASK_NOT_FOUND, "there is no task " + id)));
  }
}
