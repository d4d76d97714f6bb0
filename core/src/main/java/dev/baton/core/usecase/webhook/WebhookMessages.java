package dev.baton.core.usecase.webhook;

import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.DomainEvent.ScheduleEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.Transaction;
import dev.baton.core.port.WebhookSender.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said of an event, with what the store knows of its subject. Holds no state. */
final class WebhookMessages {
  /** UTF-16 units of an answer that a message carries; a longer one has to be fetched. */
  static final int RESULT_MAX = 1 << 16;

  private WebhookMessages() {}

  static Message of(Transaction tx, LoggedEvent logged, WebhookTopic topic) {
    Map<String, Object> data = new LinkedHashMap<>();
    DomainEvent event = logged.event();
    if (event instanceof TaskEvent task) {
      data.put("id", task.taskId().value());
      data.put("status", task.kind());
      data.put("attempt", task.attempt());
      addTask(tx, task, data);
    } else if (event instanceof BatchEvent batch) {
      data.put("id", batch.batchId().value());
      data.put("status", batch.kind());
      addBatch(tx, batch, data);
    } else if (event instanceof ScheduleEvent schedule) {
      data.put("id", schedule.scheduleId().value());
      data.put("runId", schedule.run());
    } else if (event instanceof AlertEvent alert) {
      data.put("kind", alert.kind());
      data.put("message", alert.message());
    }
    data.put("sequence", logged.number());
    return new Message(topic.word(), event.at(), data);
  }

  /** The task may have gone on, or be gone, since. */
  private static void addTask(Transaction tx, TaskEvent event, Map<String, Object> data) {
    TaskRow row = tx.tasks().find(event.tenant(), List.of(event.taskId())).get(event.taskId());
    if (event.kind() == TaskEvent.Kind.CANCELLED) {
      data.put("error", error("CANCELLED", "the task was cancelled"));
    }
    if (row == null) {
      return;
    }
    data.put("queue", row.terms().queue().value());
    row.terms().model().ifPresent(model -> data.put("model", model.value()));
    row.terms().batch().ifPresent(batch -> data.put("batchId", batch.value()));
    Optional<Result> result =
        event.kind() == TaskEvent.Kind.SUCCEEDED || event.kind() == TaskEvent.Kind.DIED
            ? tx.answers().result(row.seq())
            : Optional.empty();
    result.flatMap(Result::completion).ifPresent(completion -> addAnswer(completion, data));
    result
        .flatMap(Result::failure)
        .ifPresent((Failure f) -> data.put("error", error(f.code(), f.message())));
  }

  private static void addAnswer(Completion completion, Map<String, Object> data) {
    if (completion.content().length() <= RESULT_MAX) {
      data.put("result", completion.content());
    } else {
      data.put("resultOmitted", true);
    }
  }

  private static Map<String, Object> error(String code, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    return error;
  }

  private static void addBatch(Transaction tx, BatchEvent event, Map<String, Object> data) {
    tx.batches()
        .find(event.tenant(), event.batchId())
        .ifPresent(
            batch -> {
              data.put("name", batch.about().name());
              data.put("progress", tx.batches().tally(event.tenant(), event.batchId()));
            });
  }
}
