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
 * @param queue absent: its batch's, else {@link QueueName#DEFAULT}
 * @param priority absent: what its batch says, else {@link Priority#NORMAL}
 * @param retry absent: what its batch says, else {@link RetryPolicy#DEFAULT}
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
    Optional<QueueName> queue,
    Optional<Priority> priority,
    Optional<Instant> startAt,
    Optional<Instant> deadline,
    Optional<RetryPolicy> retry,
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

  /** One of which nothing but the prompt is said. */
  public static NewTask of(String prompt) {
    return of(Prompt.of(prompt));
  }

  /** One of which nothing but the prompt is said. */
  public static NewTask of(Prompt prompt) {
    return builder(prompt).build();
  }

  public NewTask withId(Optional<TaskId> newId) {
    return toBuilder().id(newId.orElse(null)).build();
  }

  /** The same under another key. */
  public NewTask withIdempotencyKey(IdempotencyKey key) {
    return toBuilder().idempotencyKey(key).build();
  }

  /** All that is said here, to be said anew or otherwise. */
  public Builder toBuilder() {
    return builder(prompt)
        .id(id.orElse(null))
        .queue(queue.orElse(null))
        .priority(priority.orElse(null))
        .startAt(startAt.orElse(null))
        .deadline(deadline.orElse(null))
        .retry(retry.orElse(null))
        .gate(gate.orElse(null))
        .dedupeKey(dedupeKey.orElse(null))
        .idempotencyKey(idempotencyKey.orElse(null))
        .model(model.orElse(null))
        .batch(batch.orElse(null))
        .requestId(requestId.orElse(null));
  }

  public static Builder builder(Prompt prompt) {
    return new Builder(prompt);
  }

  /** Not safe for use by several threads. */
  public static final class Builder {
    private final Prompt prompt;
    private @Nullable TaskId id;
    private @Nullable QueueName queue;
    private @Nullable Priority priority;
    private @Nullable Instant startAt;
    private @Nullable Instant deadline;
    private @Nullable RetryPolicy retry;
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

    /** Default: its batch's, else {@link QueueName#DEFAULT}. */
    @CanIgnoreReturnValue
    public Builder queue(@Nullable QueueName queue) {
      this.queue = queue;
      return this;
    }

    /** Default: what its batch says, else {@link Priority#NORMAL}. */
    @CanIgnoreReturnValue
    public Builder priority(@Nullable Priority priority) {
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

    /** Default: what its batch says, else {@link RetryPolicy#DEFAULT}. */
    @CanIgnoreReturnValue
    public Builder retry(@Nullable RetryPolicy retry) {
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
          Optional.ofNullable(queue),
          Optional.ofNullable(priority),
          Optional.ofNullable(startAt),
          Optional.ofNullable(deadline),
          Optional.ofNullable(retry),
          Optional.ofNullable(gate),
          Optional.ofNullable(dedupeKey),
          Optional.ofNullable(idempotencyKey),
          Optional.ofNullable(model),
          Optional.ofNullable(batch),
          Optional.ofNullable(requestId));
    }
  }
}
