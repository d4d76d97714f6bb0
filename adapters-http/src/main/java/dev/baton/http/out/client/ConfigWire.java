package dev.baton.http.out.client;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The config of a batch, or of a schedule's batches, as seed 2's dialect sends it. */
record ConfigWire(
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
