package dev.baton.cli.shared;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What holds for all rows of a batch that say nothing else. */
public final class BatchOptions {

  @Option(
      names = "--queue",
      paramLabel = "NAME",
      description = "Where to queue the rows (default: default).")
  private Optional<QueueName> queue = Optional.empty();

  @Option(
      names = "--priority",
      paramLabel = "WORD",
      description = "low, normal, high or urgent (default: normal).")
  private Optional<Priority> priority = Optional.empty();

  @Option(names = "--model", paramLabel = "NAME", description = "Which model is asked.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--temperature", paramLabel = "T", description = "From 0 to 2.")
  private Optional<Double> temperature = Optional.empty();

  @Option(names = "--max-tokens", paramLabel = "N", description = "Tokens of an answer, at most.")
  private Optional<Integer> maxTokens = Optional.empty();

  @Option(
      names = "--max-retries",
      paramLabel = "N",
      description = "Attempts after the first, 0 to 100.")
  private Optional<Integer> maxRetries = Optional.empty();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Rows that may run at once, 1 to 1000 (default: 1000).")
  private Optional<Integer> concurrency = Optional.empty();

  /** What was named and is not so in {@code there}, each in a few words. */
  public List<String> differences(BatchConfig there) {
    BatchConfig asked = over(there);
    List<String> found = new ArrayList<>();
    differ(found, "model", there.model().orElse(null), asked.model().orElse(null));
    differ(found, "temperature", there.temperature(), asked.temperature());
    differ(found, "max-tokens", there.maxTokens(), asked.maxTokens());
    differ(found, "max-retries", there.maxRetries(), asked.maxRetries());
    differ(found, "priority", Values.word(there.priority()), Values.word(asked.priority()));
    differ(found, "queue", there.queue(), asked.queue());
    differ(found, "concurrency", there.maxConcurrency(), asked.maxConcurrency());
    return found;
  }

  private static void differ(
      List<String> found, String name, @Nullable Object there, @Nullable Object asked) {
    if (!Objects.equals(there, asked)) {
      found.add("%s %s, not %s".formatted(name, shown(there), shown(asked)));
    }
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? Integer.toString(number.getAsInt()) : "unset";
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? Double.toString(number.getAsDouble()) : "unset";
    }
    return value == null ? "unset" : value.toString();
  }

  /** The same as {@code before} but for what was named; ends the command when that is wrong. */
  public BatchConfig over(BatchConfig before) {
    if (concurrency.filter(n -> n < 1 || n > BatchConfig.CONCURRENCY_MAX).isPresent()) {
      throw CommandFailure.usage("--concurrency is from 1 to " + BatchConfig.CONCURRENCY_MAX);
    }
    try {
      return new BatchConfig(
          model.map(ModelName::new).or(before::model),
          temperature.map(OptionalDouble::of).orElse(before.temperature()),
          maxTokens.map(OptionalInt::of).orElse(before.maxTokens()),
          maxRetries.map(OptionalInt::of).orElse(before.maxRetries()),
          priority.orElse(before.priority()),
          before.deadline(),
          queue.orElse(before.queue()),
          concurrency.orElse(before.maxConcurrency()));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
