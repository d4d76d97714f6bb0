package dev.baton.http.in.runner.task;

import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An attempt as this dialect shows it. */
@Doc("An attempt.")
record Execution(
    @Doc(value = "Its id: a later one has a higher number at its end.", example = "exec-task-001-1")
        String executionId,
    @Doc("Counted from 1, whatever became of those before.")
        @Bounds(min = 1, max = Executions.KEPT_MAX)
        int attempt,
    @Doc("How it ended, if it has; released: not counted.") Status status,
    @Doc("How it ended, to the letter; absent while it runs.") Optional<Attempt.Outcome> outcome,
    @Doc(value = "Who made it.", example = "executor") String worker,
    @Doc("When it began.") Instant startedAt,
    @Doc("When it ended.") Optional<Instant> endedAt,
    @Doc("Why it brought no answer.") Optional<TaskError> error) {

  /** How an attempt ended, if it has. */
  enum Status {
    RUNNING,
    COMPLETED,
    FAILED,
    RELEASED
  }

  /** All that are kept. */
  @Doc(value = "", name = "Executions")
  record All(@Doc("Oldest first.") @Bounds(max = Executions.KEPT_MAX) List<Execution> executions) {}

  /** One that is over. */
  static Execution past(String task, Attempt attempt, int number) {
    return new Execution(
        Ids.execution(task, attempt.lease().token().value()),
        number,
        status(attempt.outcome()),
        Optional.of(attempt.outcome()),
        attempt.lease().holder().value(),
        attempt.lease().grantedAt(),
        Optional.of(attempt.endedAt()),
        attempt.failure().or(() -> unsaid(attempt.outcome())).map(TaskError::of));
  }

  /** The one that brought the answer, or that runs. */
  static Execution last(TaskRow row, int number) {
    boolean over = row.leaseState().state() == Kind.SUCCEEDED;
    return new Execution(
        Ids.execution(row.id().value(), row.leaseState().token()),
        number,
        over ? Status.COMPLETED : Status.RUNNING,
        over ? Optional.of(Attempt.Outcome.SUCCEEDED) : Optional.empty(),
        row.lease().holder().value(),
        Instant.ofEpochMilli(row.leaseState().leasedAt()),
        over ? Optional.of(Instant.ofEpochMilli(row.leaseState().changedAt())) : Optional.empty(),
        Optional.empty());
  }

  private static Status status(Attempt.Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> Status.COMPLETED;
      case FAILED, EXPIRED, CANCELLED -> Status.FAILED;
      case RELEASED -> Status.RELEASED;
    };
  }

  /** Why an attempt ended whose holder did not say. */
  private static Optional<Failure> unsaid(Attempt.Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> Optional.empty();
      case FAILED -> Optional.of(Failure.retryable("FAILED", "it failed without a reason"));
      case EXPIRED ->
          Optional.of(
              Failure.retryable(
                  Failure.LEASE_EXPIRED, "its worker was silent for longer than its lease"));
      case CANCELLED -> Optional.of(Failure.permanent("CANCELLED", "the task was called off"));
      case RELEASED ->
          Optional.of(Failure.retryable("RELEASED", "its worker gave the task back uncounted"));
    };
  }
}
