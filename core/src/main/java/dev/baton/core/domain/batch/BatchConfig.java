package dev.baton.core.domain.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Priority;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What holds for every task of a batch that does not say otherwise itself.
 *
 * @param temperature from 0 to 2
 * @param maxTokens of an answer, at least 1
 * @param maxRetries attempts after the first, 0 to {@link #RETRIES_MAX}
 * @param deadline dead at this instant when it has no answer by then
 * @param maxConcurrency tasks that may be ready or leased at once, 1 to {@link #CONCURRENCY_MAX}
 */
public record BatchConfig(
    Optional<ModelName> model,
    OptionalDouble temperature,
    OptionalInt maxTokens,
    OptionalInt maxRetries,
    Priority priority,
    Optional<Instant> deadline,
    QueueName queue,
    int maxConcurrency) {
  public static final int CONCURRENCY_MAX = 1_000;
  public static final int RETRIES_MAX = 100;

  public static final BatchConfig DEFAULT =
      new BatchConfig(
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Priority.NORMAL,
          Optional.empty(),
          QueueName.DEFAULT,
          CONCURRENCY_MAX);

  public BatchConfig {
    requireNonNull(model, "model");
    requireNonNull(priority, "priority");
    requireNonNull(deadline, "deadline");
    requireNonNull(queue, "queue");
    temperature.ifPresent(
        t ->
            checkArgument(
                t >= 0 && t <= Parameters.TEMPERATURE_MAX,
                "temperature is from 0 to 2, was %s",
                t));
    maxTokens.ifPresent(n -> checkArgument(n >= 1, "maxTokens is at least 1, was %s", n));
    maxRetries.ifPresent(
        n ->
            checkArgument(
                n >= 0 && n <= RETRIES_MAX, "maxRetries is from 0 to %s, was %s", RETRIES_MAX, n));
    checkArgument(
        maxConcurrency >= 1 && maxConcurrency <= CONCURRENCY_MAX,
        "maxConcurrency is from 1 to %s, was %s",
        CONCURRENCY_MAX,
        maxConcurrency);
  }

  /** The same but for what may be changed while the batch runs. */
  public BatchConfig with(int newConcurrency, Priority newPriority, Optional<Instant> newDeadline) {
    return new BatchConfig(
        model, temperature, maxTokens, maxRetries, newPriority, newDeadline, queue, newConcurrency);
  }
}
