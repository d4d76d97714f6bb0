package dev.baton.core.usecase.task;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.TaskState.Kind;

/** The sentences of refusals that several use cases share. */
final class TaskRefusals {

  private TaskRefusals() {}

  static String message(Settled settled) {
    return switch (settled.kind()) {
      case UNKNOWN -> "there is no task " + settled.taskId();
      case LEASE_LOST ->
          "this lease on task " + settled.taskId() + " is no longer valid; discard the work";
      case CANCELLED -> "task " + settled.taskId() + " was cancelled";
      case OVER -> "task " + settled.taskId() + " ended without an answer";
      case DONE, REPLAYED, ALTERNATIVE ->
          throw new IllegalStateException(settled.kind() + " is no refusal");
    };
  }

  static BatonException unknown(TaskId id) {
    return new BatonException(ErrorCode.TASK_NOT_FOUND, "there is no task " + id);
  }

  /** Refused because of the state it is in. */
  static BatonException invalid(TaskId id, Kind state, String verb) {
    return new BatonException(
        ErrorCode.INVALID_STATE, "task %s %s and can't be %s".formatted(id, said(state), verb));
  }

  /** Every dialect has its own words for states, and shows these sentences. */
  private static String said(Kind state) {
    return switch (state) {
      case HELD, READY -> "is waiting";
      case LEASED -> "is being worked on";
      case SUCCEEDED -> "has its answer";
      case DEAD -> "has failed";
      case CANCELLED -> "was cancelled";
    };
  }
}
