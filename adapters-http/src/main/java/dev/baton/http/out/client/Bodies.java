package dev.baton.http.out.client;

import dev.baton.core.client.BatchClient.Change;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is sent of tasks, batches and schedules: all that was said, and nothing that was not. */
final class Bodies {
  private static final String CONFIG = "config";
  private static final String OUTPUT = "outputFile";

  private Bodies() {}

  /** A task in seed 1's words, which know no models. */
  static Map<String, @Nullable Object> prompt(NewTask task) {
    RetryPolicy retry = task.retry().orElse(RetryPolicy.DEFAULT);
    Members body =
        new Members()
            .with("prompt", task.prompt().text())
            .with("meta", task.prompt().metadata())
            .with("queue", task.queue().orElse(QueueName.DEFAULT))
            .with("priority", task.priority())
            .with("taskId", task.id())
            .with("dedupeKey", task.dedupeKey().map(DedupeKey::value))
            .with("startAt", task.startAt())
            .with("deadline", task.deadline());
    if (retry.maxAttempts() != RetryPolicy.UNLIMITED) {
      body.with("maxAttempts", retry.maxAttempts());
    }
    return body.toMap();
  }

  /** A task in seed 2's words, also as a row of a batch. */
  static Members task(NewTask task) {
    Parameters parameters = task.prompt().parameters();
    Members body =
        new Members()
            .with("id", task.id())
            .with("prompt", task.prompt().text())
            .with("messages", parameters.messages())
            .with("temperature", parameters.temperature())
            .with("maxTokens", parameters.maxTokens())
            .with("model", task.model())
            .with("priority", task.priority())
            .with("maxAttempts", task.retry().map(RetryPolicy::maxAttempts))
            .with("queue", task.queue())
            .with("startAt", task.startAt())
            .with("deadline", task.deadline())
            .with("idempotencyKey", task.idempotencyKey().map(IdempotencyKey::value));
    if (!task.prompt().metadata().isEmpty()) {
      body.with("metadata", task.prompt().metadata());
    }
    if (!parameters.options().isEmpty()) {
      body.with("options", parameters.options());
    }
    if (parameters.stream()) {
      body.with("stream", true);
    }
    return body;
  }

  static Map<String, @Nullable Object> batch(NewBatch batch, List<NewTask> rows) {
    return new Members()
        .with("id", batch.id())
        .with("name", batch.name())
        .with("description", batch.description())
        .with(CONFIG, batch.config())
        .with("tasks", rows.stream().map(row -> task(row).toMap()).toList())
        .with("idempotencyKey", batch.idempotencyKey().map(IdempotencyKey::value))
        .toMap();
  }

  static Map<String, @Nullable Object> change(Change change) {
    return new Members()
        .with("maxConcurrency", change.maxConcurrency())
        .with("priority", change.priority())
        .with("deadline", change.deadline())
        .toMap();
  }

  static Map<String, @Nullable Object> schedule(Plan plan) {
    return new Members()
        .with("name", plan.name())
        .with("schedule", plan.cron().toString())
        .with("timezone", plan.zone().getId())
        .with("inputFile", plan.files().input())
        .with(OUTPUT, plan.files().output())
        .with("overwrite", plan.files().overwrite())
        .with("isDryRun", plan.dryRun())
        .with("isActive", plan.active())
        .with("missedRuns", plan.rules().missed())
        .with("overlap", plan.rules().overlap())
        .with(CONFIG, ClientJson.members(plan.config()))
        .toMap();
  }

  /** What is to be said so that {@code before} becomes {@code after}, and no more. */
  static Map<String, @Nullable Object> change(Plan before, Plan after) {
    Map<String, @Nullable Object> body = difference(schedule(before), schedule(after));
    if (before.files().output().isPresent() && after.files().output().isEmpty()) {
      body.put(OUTPUT, null);
    }
    Map<String, @Nullable Object> config =
        difference(ClientJson.members(before.config()), ClientJson.members(after.config()));
    if (!config.isEmpty()) {
      body.put(CONFIG, config);
    }
    return body;
  }

  private static Map<String, @Nullable Object> difference(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(after);
    changed.entrySet().removeIf(said -> Objects.equals(before.get(said.getKey()), said.getValue()));
    return changed;
  }
}
