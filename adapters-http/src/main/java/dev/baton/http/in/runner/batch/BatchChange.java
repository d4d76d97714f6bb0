package dev.baton.http.in.runner.batch;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.usecase.batch.BatchEdit;
import dev.baton.core.usecase.task.Replacement;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Change;
import dev.baton.http.in.json.Doc;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to change of a batch. Its concurrency, priority and deadline may stand under {@code
 * config}, as when it was made, or beside it.
 */
@Doc(value = "What is to change of a batch.", name = "BatchChange")
@Change(
    immutable = {
      "id",
      "status",
      "tasks",
      "csv",
      "inputFile",
      "outputFile",
      "taskCount",
      "progress",
      "results",
      "createdAt",
      "startedAt",
      "completedAt",
      "executionId",
      "model",
      "queue",
      "owner",
      "tenant",
      "idempotencyKey"
    })
record BatchChange(
    @Doc("For people.") @Bounds(max = NewBatch.NAME_MAX) Optional<String> name,
    @Doc("For people.") @Bounds(max = NewBatch.DESCRIPTION_MAX) Optional<String> description,
    @Doc("As at its making.") Optional<Config> config,
    @Doc(value = "Tasks that may run at once.", example = "20")
        @Bounds(min = 1, max = BatchConfig.CONCURRENCY_MAX)
        Optional<Integer> maxConcurrency,
    @Doc("How early.") Optional<Priority> priority,
    @Doc("Dead at this instant without an answer; null: never.") Replacement<Instant> deadline) {
  static final Body<BatchChange> BODY = Body.of(BatchChange.class);

  private static final Config UNCHANGED =
      new Config(Optional.empty(), Optional.empty(), Replacement.keep());

  /** What can be changed of how its tasks are done. */
  @Doc(value = "", name = "BatchConfigChange")
  @Change(immutable = {"model", "temperature", "maxTokens", "maxRetries", "queue"})
  record Config(
      @Doc("Tasks that may run at once.") @Bounds(min = 1, max = BatchConfig.CONCURRENCY_MAX)
          Optional<Integer> maxConcurrency,
      @Doc("How early.") Optional<Priority> priority,
      @Doc("Dead at this instant without an answer; null: never.") Replacement<Instant> deadline) {}

  BatchEdit toCore() {
    Config inside = config.orElse(UNCHANGED);
    return new BatchEdit(
        name,
        description,
        maxConcurrency.or(inside::maxConcurrency),
        priority.or(inside::priority),
        deadline.isMentioned() ? deadline : inside.deadline);
  }
}
