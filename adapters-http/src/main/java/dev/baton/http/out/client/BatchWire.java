package dev.baton.http.out.client;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.QueueName;
import dev.baton.core.port.BatchServer.Details;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** All of a batch, as seed 2's dialect sends it. */
record BatchWire(Data data) {

  Details toCore() {
    return data.toCore();
  }

  record Data(
      String id,
      String name,
      @Nullable String description,
      String status,
      HttpBatchServer.Progress progress,
      Config config,
      Instant createdAt,
      Wire.@Nullable Waiting waiting) {

    Details toCore() {
      return new Details(
          new HttpBatchServer.BatchOf(id, name, status, progress, createdAt).toCore(),
          Optional.ofNullable(description).orElse(""),
          config.toCore(),
          Optional.ofNullable(waiting).map(Wire.Waiting::toCore));
    }
  }

  record Config(
      @Nullable String model,
      @Nullable Double temperature,
      @Nullable Integer maxTokens,
      @Nullable Integer maxRetries,
      int maxConcurrency,
      String priority,
      @Nullable Instant deadline,
      String queue) {

    BatchConfig toCore() {
      return new BatchConfig(
          Optional.ofNullable(model).map(ModelName::new),
          temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature),
          whole(maxTokens),
          whole(maxRetries),
          Wire.constant(Priority.class, priority),
          Optional.ofNullable(deadline),
          new QueueName(queue),
          maxConcurrency);
    }

    private static OptionalInt whole(@Nullable Integer number) {
      return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
  }
}
