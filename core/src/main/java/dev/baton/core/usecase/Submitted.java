package dev.baton.core.usecase;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.task.TaskId;

/**
 * The task that a submit stands for.
 *
 * @param replayed whether it existed before: by its id, its dedupe key or its idempotency key
 */
public record Submitted(TaskId id, boolean replayed) {

  public Submitted {
    requireNonNull(id, "id");
  }
}
