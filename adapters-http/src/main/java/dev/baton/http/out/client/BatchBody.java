package dev.baton.http.out.client;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.baton.core.client.BatchClient.Change;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is sent of batches, in seed 2's words: all that was said, and nothing that was not. */
final class BatchBody {

  private BatchBody() {}

  static Map<String, Object> of(NewBatch batch, List<NewTask> rows) {
    Map<String, Object> body = new LinkedHashMap<>();
    batch.id().ifPresent(id -> body.put("id", id.value()));
    body.put("name", batch.name());
    body.put("description", batch.description());
    body.put("config", config(batch.config()));
    body.put("tasks", rows.stream().map(BatchBody::task).toList());
    batch.idempotencyKey().ifPresent(key -> body.put("idempotencyKey", key.value()));
    return body;
  }

  static Map<String, Object> of(Change change) {
    Map<String, Object> body = new LinkedHashMap<>();
    change.maxConcurrency().ifPresent(n -> body.put("maxConcurrency", n));
    change.priority().ifPresent(priority -> body.put("priority", word(priority)));
    change.deadline().ifPresent(at -> body.put("deadline", at.toString()));
    return body;
  }

  static Map<String, Object> config(BatchConfig config) {
    Map<String, Object> body = new LinkedHashMap<>();
    config.model().ifPresent(model -> body.put("model", model.value()));
    config.temperature().ifPresent(t -> body.put("temperature", t));
    config.maxTokens().ifPresent(n -> body.put("maxTokens", n));
    config.maxRetries().ifPresent(n -> body.put("maxRetries", n));
    body.put("maxConcurrency", config.maxConcurrency());
    body.put("priority", word(config.priority()));
    config.deadline().ifPresent(at -> body.put("deadline", at.toString()));
    body.put("queue", config.queue().value());
    return body;
  }

  static Map<String, Object> task(NewTask row) {
    Map<String, Object> body = new LinkedHashMap<>();
    row.id().ifPresent(id -> body.put("id", id.value()));
    prompt(body, row.prompt());
    row.model().ifPresent(model -> body.put("model", model.value()));
    row.priority().ifPresent(priority -> body.put("priority", word(priority)));
    row.retry().ifPresent(retry -> body.put("maxAttempts", retry.maxAttempts()));
    row.queue().ifPresent(queue -> body.put("queue", queue.value()));
    row.startAt().ifPresent(at -> body.put("startAt", at.toString()));
    row.deadline().ifPresent(at -> body.put("deadline", at.toString()));
    row.idempotencyKey().ifPresent(key -> body.put("idempotencyKey", key.value()));
    return body;
  }

  private static void prompt(Map<String, Object> body, Prompt prompt) {
    body.put("prompt", prompt.text());
    if (!prompt.metadata().isEmpty()) {
      body.put("metadata", new RawValue(prompt.metadata().json()));
    }
    Parameters parameters = prompt.parameters();
    parameters
        .messages()
        .ifPresent(messages -> body.put("messages", new RawValue(messages.json())));
    parameters.temperature().ifPresent(t -> body.put("temperature", t));
    parameters.maxTokens().ifPresent(n -> body.put("maxTokens", n));
    if (!parameters.options().isEmpty()) {
      body.put("options", new RawValue(parameters.options().json()));
    }
    if (parameters.stream()) {
      body.put("stream", true);
    }
  }

  private static String word(Priority priority) {
    return priority.name().toLowerCase(Locale.ROOT);
  }
}
