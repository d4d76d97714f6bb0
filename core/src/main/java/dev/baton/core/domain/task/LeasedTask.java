package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.Prompt;

/**
 * A task in a worker's hands.
 *
 * @param attempt which try this is, counted from 1
 */
public record LeasedTask(Lease lease, int attempt, Prompt prompt) {

  public LeasedTask {
    requireNonNull(lease, "lease");
    requireNonNull(prompt, "prompt");
  }

  public TaskId id() {
    return lease.taskId();
  }
}
