package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;

/** A task in a worker's hands, as it stood when it was leased. */
public record LeasedTask(TaskRow row, Prompt prompt) {

  public LeasedTask {
    requireNonNull(prompt, "prompt");
    checkArgument(row.state() == TaskState.Kind.LEASED, "the task is leased");
  }

  public TaskId id() {
    return row.id();
  }

  public Lease lease() {
    return row.lease();
  }

  /** The lease as one word to carry. */
  public LeaseId leaseId() {
    return new LeaseId(row.id(), new FencingToken(row.leaseState().token()));
  }

  /** Which try this is, counted from 1. */
  public int attempt() {
    return row.leaseState().attempts();
  }
}
