package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;

/** What became of one {@link Settlement}. */
public record Settled(TaskId taskId, Kind kind) {

  public Settled {
    requireNonNull(taskId, "taskId");
    requireNonNull(kind, "kind");
  }

  /** The outcomes; the last four changed nothing. */
  public enum Kind {
    /** Taken: this is the task's answer, failure or release. */
    DONE,
    /** The task had this very answer already; nothing changed. */
    REPLAYED,
    /** The task had another answer, which stays; this one is kept beside it if it is not large. */
    ALTERNATIVE,
    /** No such task. */
    UNKNOWN,
    /** Another lease is current, or this one was given back. */
    LEASE_LOST,
    /** The task was called off. */
    CANCELLED,
    /** The task is over, without an answer. */
    OVER;

    /** Whether the call did what it was meant to do, now or before. */
    public boolean isAccepted() {
      return this == DONE || this == REPLAYED || this == ALTERNATIVE;
    }

    /** The refusal to answer with; only to be asked when not {@link #isAccepted}. */
    public ErrorCode refusal() {
      return switch (this) {
        case UNKNOWN -> ErrorCode.TASK_NOT_FOUND;
        case LEASE_LOST -> ErrorCode.LEASE_LOST;
        case CANCELLED -> ErrorCode.TASK_CANCELLED;
        case OVER -> ErrorCode.INVALID_STATE;
        case DONE, REPLAYED, ALTERNATIVE ->
            throw new IllegalStateException(this + " is no refusal");
      };
    }
  }
}
