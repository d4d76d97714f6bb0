package dev.baton.core.domain.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Priority;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One row of a batch. What is absent is the batch's to say, see {@link BatchConfig}.
 *
 * @param id kept as given; made when absent
 * @param prompt with those of its parameters that the row names
 * @param maxRetries attempts after the first, 0 to {@link BatchConfig#RETRIES_MAX}
 * @param idempotencyKey names this row among the rows of all batches
 */
public record BatchTask(
    Optional<TaskId> id,
    Prompt prompt,
    Optional<ModelName> model,
    Optional<Priority> priority,
    OptionalInt maxRetries,
    Optional<IdempotencyKey> idempotencyKey) {

  public BatchTask {
    requireNonNull(id, "id");
    requireNonNull(prompt, "prompt");
    requireNonNull(model, "model");
    requireNonNull(priority, "priority");
    requireNonNull(idempotencyKey, "idempotencyKey");
    maxRetries.ifPresent(
        n ->
            checkArgument(
                n >= 0 && n <= BatchConfig.RETRIES_MAX,
                "maxRetries is from 0 to %s, was %s",
                BatchConfig.RETRIES_MAX,
                n));
  }

  /** A row that says no more than its prompt. */
  public static BatchTask of(Prompt prompt) {
    return new BatchTask(
        Optional.empty(),
        prompt,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  public BatchTask withId(Optional<TaskId> newId) {
    return new BatchTask(newId, prompt, model, priority, maxRetries, idempotencyKey);
  }
}
