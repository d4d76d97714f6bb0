package dev.baton.http.in.runner.batch;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Priority;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.ModelCheck;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How the tasks of a batch are done: as it is sent, and as it is shown. */
@Doc(value = "How the tasks of its batches are done.", name = "ScheduleConfig")
public record TaskConfig(
    @Doc("Who is to answer.") @Bounds(max = 256) Optional<String> model,
    @Doc("How freely to answer.") @Bounds(max = (long) Parameters.TEMPERATURE_MAX)
        OptionalDouble temperature,
    @Doc("The longest answer.") @Bounds(min = 1, max = Integer.MAX_VALUE) OptionalInt maxTokens,
    @Doc("Attempts after the first.") @Bounds(max = BatchConfig.RETRIES_MAX) OptionalInt maxRetries,
    @Doc("Tasks that may run at once.") @Bounds(min = 1, max = BatchConfig.CONCURRENCY_MAX)
        OptionalInt maxConcurrency,
    @Doc("How early.") Optional<Priority> priority,
    @Doc("Where its tasks wait.") Optional<QueueName> queue) {
  private static final List<Object> MODEL = List.of("body", "config", "model");
  private static final List<Object> MAX_TOKENS = List.of("body", "config", "maxTokens");

  public static TaskConfig of(BatchConfig config) {
    return new TaskConfig(
        config.model().map(ModelName::value),
        config.temperature(),
        config.maxTokens(),
        config.maxRetries(),
        OptionalInt.of(config.maxConcurrency()),
        Optional.of(config.priority()),
        Optional.of(config.queue()));
  }

  /**
   * What a batch is like with the members that are there, and without a deadline.
   *
   * @throws dev.baton.http.in.api.FieldErrors that names the body's {@code config} if nobody offers
   *     the model, or not with so many tokens
   */
  public BatchConfig over(BatchConfig otherwise, ModelCheck models) {
    Optional<ModelName> named = model.map(name -> models.checked(MODEL, name)).or(otherwise::model);
    OptionalInt tokens = maxTokens.isPresent() ? maxTokens : otherwise.maxTokens();
    if (named.isPresent()) {
      models.checkTokens(MAX_TOKENS, named, tokens);
    }
    return new BatchConfig(
        named,
        temperature.isPresent() ? temperature : otherwise.temperature(),
        tokens,
        maxRetries.isPresent() ? maxRetries : otherwise.maxRetries(),
        priority.orElse(otherwise.priority()),
        Optional.empty(),
        queue.orElse(otherwise.queue()),
        maxConcurrency.orElse(otherwise.maxConcurrency()));
  }
}
