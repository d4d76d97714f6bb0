package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.usecase.insight.Insight;
import java.time.Instant;
import java.util.Optional;

/** Reads a prompt with its terms, as one or as one of many. Immutable. */
final class PromptReader {
  static final int PROMPT_BYTES_MAX = 1 << 20;
  static final int META_BYTES_MAX = 64 << 10;

  private final Insight insight;
  private final RetryPolicy retry;

  public PromptReader(Insight insight, RetryPolicy retry) {
    this.insight = requireNonNull(insight, "insight");
    this.retry = requireNonNull(retry, "retry");
  }

  NewTask read(Fields fields) {
    Prompt prompt =
        new Prompt(
            text(fields.values().requiredText("prompt")),
            fields.values().text("meta").map(Metadata::new).orElse(Metadata.EMPTY));
    NewTask.Builder task =
        NewTask.builder(prompt)
            .queue(queue(fields))
            .retry(retry(fields))
            .id(id(fields).orElse(null));
    fields.priority().ifPresent(task::priority);
    dedupeKey(fields, prompt).ifPresent(task::dedupeKey);
    Optional<Instant> startAt = startAt(fields);
    Optional<Instant> deadline = fields.instant("deadline");
    if (startAt.isPresent() && deadline.isPresent() && !deadline.get().isAfter(startAt.get())) {
      throw fields.wrong("deadline", "Value should lie after the start", "value_error");
    }
    return task.startAt(startAt.orElse(null)).deadline(deadline.orElse(null)).build();
  }

  static String text(String prompt) {
    if (prompt.isBlank()) {
      throw new PromptRequired();
    }
    return prompt;
  }

  private static Optional<TaskId> id(Fields fields) {
    Optional<String> id = fields.values().text("taskId");
    if (id.isPresent() && !TaskId.isValid(id.get())) {
      throw fields.wrong(
          "taskId",
          "String should be 1 to 128 characters of A-Z a-z 0-9 . _ : -",
          "string_pattern_mismatch");
    }
    return id.map(TaskId::new);
  }

  private static QueueName queue(Fields fields) {
    String queue = fields.values().text("queue").orElse(null);
    if (queue == null) {
      return QueueName.INTEGRATION;
    }
    if (!QueueName.isValid(queue)) {
      throw fields.wrong(
          "queue",
          "String should be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
          "string_pattern_mismatch");
    }
    return new QueueName(queue);
  }

  private RetryPolicy retry(Fields fields) {
    return fields.values().integer("maxAttempts").isPresent()
        ? retry.withMaxAttempts((int) fields.values().integer("maxAttempts").getAsLong())
        : retry;
  }

  private static Optional<DedupeKey> dedupeKey(Fields fields, Prompt prompt) {
    Optional<String> key = fields.values().text("dedupeKey");
    Optional<String> way = fields.values().text("dedupe");
    if (way.isPresent()) {
      if (key.isPresent()) {
        throw fields.wrong("dedupe", "Give either dedupe or a dedupeKey", "value_error");
      }
      return Optional.of(DedupeKeys.ofContent(prompt));
    }
    if (key.isPresent() && !DedupeKey.isValid(key.get())) {
      throw fields.wrong(
          "dedupeKey",
          "String should be 1 to 255 characters, none a control character",
          "string_pattern_mismatch");
    }
    return key.map(DedupeKey::of);
  }

  private Optional<Instant> startAt(Fields fields) {
    Optional<Instant> at = fields.instant("startAt");
    Optional<Instant> afterDelay = fields.seconds("delaySeconds").map(insight.now()::plus);
    if (at.isPresent() && afterDelay.isPresent()) {
      throw fields.wrong("delaySeconds", "Give either startAt or delaySeconds", "value_error");
    }
    return at.or(() -> afterDelay);
  }
}
