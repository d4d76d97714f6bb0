package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.TaskId;
import java.time.Instant;

/**
 * The task that a submit stands for.
 *
 * @param replayed whether it existed before: by its id, its dedupe key or its idempotency key
 * @param at when it was submitted first
 */
public record Submitted(TaskId id, boolean replayed, Instant at) {

  public Submitted {
    requireNonNull(id, "id");
    requireNonNull(at, "at");
  }
}
