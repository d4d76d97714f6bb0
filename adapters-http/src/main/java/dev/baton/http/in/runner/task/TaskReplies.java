package dev.baton.http.in.runner.task;

import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.usecase.task.Submitted;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.Ids;
import dev.baton.http.in.runner.shared.TaskStatus;
import java.time.Instant;

/** What is answered when something is done to a task. */
final class TaskReplies {

  private TaskReplies() {}

  /** One that was taken in. */
  @Doc(value = "A task that was taken in.", name = "CreatedTask")
  record Created(
      @Doc(value = "Its id.", example = "task-001") String id,
      @Doc("Where it is in its life.") TaskStatus status,
      @Doc("When it was submitted.") Instant createdAt) {
    static Created of(Submitted submitted) {
      return new Created(submitted.id().value(), TaskStatus.PENDING, submitted.at());
    }
  }

  /** One that is run now. */
  @Doc(value = "An execution that was started.", name = "StartedExecution")
  record Started(
      @Doc(value = "Names the attempt, see executions.", example = "exec-task-001-1")
          String executionId,
      @Doc("Always running: it was started.") TaskStatus status,
      @Doc("Where its task is in its life.") TaskStatus taskStatus) {
    static Started of(TaskRow row) {
      return new Started(
          Ids.execution(row), TaskStatus.RUNNING, TaskStatus.of(row.leaseState().state()));
    }
  }

  /** One that was cancelled. */
  @Doc(value = "A task that was cancelled.", name = "CancelledTask")
  record Cancelled(
      @Doc(value = "Its id.", example = "task-001") String id,
      @Doc("Where it is in its life.") TaskStatus status) {
    static Cancelled of(TaskRow row) {
      return new Cancelled(row.id().value(), TaskStatus.of(row.leaseState().state()));
    }
  }
}
