package dev.baton.http.in.runner.schedule;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Priority;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.batch.BatchConfigBody;
import dev.baton.http.in.runner.shared.ModelCheck;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How the tasks of a schedule's batches are done: as it is sent, and as it is shown. */
@Doc("How the tasks of its batches are done.")
record ScheduleConfig(
    @Doc("Who is to answer.") @Bounds(max = 256) Optional<String> model,
    @Doc("How freely to answer.") @Bounds(max = (long) Parameters.TEMPERATURE_MAX)
        OptionalDouble temperature,
    @Doc("The longest answer.") @Bounds(min = 1, max = Integer.MAX_VALUE) OptionalInt maxTokens,
    @Doc("Attempts after the first.") @Bounds(max = BatchConfig.RETRIES_MAX) OptionalInt maxRetries,
    @Doc("Tasks that may run at once.") @Bounds(min = 1, max = BatchConfig.CONCURRENCY_MAX)
        OptionalInt maxConcurrency,
    @Doc("How early.") Optional<Priority> priority,
    @Doc("Where its tasks wait.") Optional<QueueName> queue) {

  static ScheduleConfig of(BatchConfig config) {
    return new ScheduleConfig(
        config.model().map(ModelName::value),
        config.temperature(),
        config.maxTokens(),
        config.maxRetries(),
        OptionalInt.of(config.maxConcurrency()),
        Optional.of(config.priority()),
        Optional.of(config.queue()));
  }

  /** What a schedule's batches are like with the members that are there. */
  BatchConfig over(BatchConfig otherwise, ModelCheck models) {
    return new BatchConfigBody(
            model,
            temperature,
            maxTokens,
            maxRetries,
            maxConcurrency,
            priority,
            Optional.empty(),
            queue)
        .over(otherwise, models);
  }
}
