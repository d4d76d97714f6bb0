package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a submitter asks for. Only the prompt is needed; {@link Builder} states the defaults.
 *
 * @param id kept as given; made when absent
 * @param startAt not leased before this instant
 * @param deadline dead at this instant when it has no answer by then
 * @param gate waits for a place behind this gate
 * @param model that is to answer; absent: whoever answers chooses
 * @param batch it belongs to, which counts it
 * @param requestId of the request that asks, kept for whoever traces it
 */
public record NewTask(
    Optional<TaskId> id,
    Prompt prompt,
    QueueName queue,
    Priority priority,
    Optional<Instant> startAt,
    Optional<Instant> deadline,
    RetryPolicy retry,
    Optional<GateId> gate,
    Optional<DedupeKey> dedupeKey,
    Optional<IdempotencyKey> idempotencyKey,
    Optional<ModelName> model,
    Optional<BatchId> batch,
    Optional<String> requestId) {

  public NewTask {
    checkArgument(
        startAt.isEmpty() || deadline.isEmpty() || deadline.get().isAfter(startAt.get()),
        "a deadline lies after the start");
  }

  public static NewTask of(String prompt) {
    return builder(Prompt.of(prompt)).build();
  }

  public static Builder builder(Prompt prompt) {
    return new Builder(prompt);
  }

  /** Not safe for use by several threads. */
  public static final class Builder {
    private final Prompt prompt;
    private @Nullable TaskId id;
    private QueueName queue = QueueName.DEFAULT;
    private Priority priority = Priority.NORMAL;
    private @Nullable Instant startAt;
    private @Nullable Instant deadline;
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private @Nullable GateId gate;
    private @Nullable DedupeKey dedupeKey;
    private @Nullable IdempotencyKey idempotencyKey;
    private @Nullable ModelName model;
    private @Nullable BatchId batch;
    private @Nullable String requestId;

    private Builder(Prompt prompt) {
      this.prompt = requireNonNull(prompt, "prompt");
    }

    /** Default: one is made. */
    @CanIgnoreReturnValue
    public Builder id(@Nullable TaskId id) {
      this.id = id;
      return this;
    }

    /** Default: {@link QueueName#DEFAULT}. */
    @CanIgnoreReturnValue
    public Builder queue(QueueName queue) {
      this.queue = queue;
      return this;
    }

    /** Default: {@link Priority#NORMAL}. */
    @CanIgnoreReturnValue
    public Builder priority(Priority priority) {
      this.priority = priority;
      return this;
    }

    /** Default: at once. */
    @CanIgnoreReturnValue
    public Builder startAt(@Nullable Instant startAt) {
      this.startAt = startAt;
      return this;
    }

    /** Default: none. */
    @CanIgnoreReturnValue
    public Builder deadline(@Nullable Instant deadline) {
      this.deadline = deadline;
      return this;
    }

    /** Default: {@link RetryPolicy#DEFAULT}. */
    @CanIgnoreReturnValue
    public Builder retry(RetryPolicy retry) {
      this.retry = retry;
      return this;
    }

    /** Default: none. */
    @CanIgnoreReturnValue
    public Builder gate(@Nullable GateId gate) {
      this.gate = gate;
      return this;
    }

    /** Default: none, so that every submit is a task of its own. */
    @CanIgnoreReturnValue
    public Builder dedupeKey(@Nullable DedupeKey dedupeKey) {
      this.dedupeKey = dedupeKey;
      return this;
    }

    /** Default: none. */
    @CanIgnoreReturnValue
    public Builder idempotencyKey(@Nullable IdempotencyKey idempotencyKey) {
      this.idempotencyKey = idempotencyKey;
      return this;
    }

    /** Default: none. */
    @CanIgnoreReturnValue
    public Builder model(@Nullable ModelName model) {
      this.model = model;
      return this;
    }

    /** Default: none. */
    @CanIgnoreReturnValue
    public Builder batch(@Nullable BatchId batch) {
      this.batch = batch;
      return this;
    }

    /** Default: none. */
    @CanIgnoreReturnValue
    public Builder requestId(@Nullable String requestId) {
      this.requestId = requestId;
      return this;
    }

    public NewTask build() {
      return new NewTask(
          Optional.ofNullable(id),
          prompt,
          queue,
          priority,
          Optional.ofNullable(startAt),
          Optional.ofNullable(deadline),
          retry,
          Optional.ofNullable(gate),
          Optional.ofNullable(dedupeKey),
          Optional.ofNullable(idempotencyKey),
          Optional.ofNullable(model),
          Optional.ofNullable(batch),
          Optional.ofNullable(requestId));
    }
  }
}
