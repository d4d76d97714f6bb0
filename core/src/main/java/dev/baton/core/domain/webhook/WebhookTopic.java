package dev.baton.core.domain.webhook;

import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.DomainEvent.ScheduleEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import java.util.List;
import java.util.Optional;

/** What a webhook can be told of. */
public enum WebhookTopic {
  TASK_CREATED("task.created"),
  /** A worker took it; again with each attempt. */
  TASK_STARTED("task.started"),
  TASK_COMPLETED("task.completed"),
  /** It is over without an answer, or was cancelled. */
  TASK_FAILED("task.failed"),
  BATCH_CREATED("batch.created"),
  BATCH_STARTED("batch.started"),
  BATCH_COMPLETED("batch.completed"),
  BATCH_FAILED("batch.failed"),
  /**
   * It came to an end, whichever: told beside {@link #BATCH_COMPLETED} or {@link #BATCH_FAILED}.
   */
  BATCH_FINISHED("batch.finished"),
  SCHEDULE_EXECUTED("scheduled_task.executed"),
  SYSTEM_ALERT("system.alert");

  private final String word;

  WebhookTopic(String word) {
    this.word = word;
  }

  /** As subscriptions and messages say it. */
  public String word() {
    return word;
  }

  /** The inverse of {@link #word}. */
  public static Optional<WebhookTopic> of(String word) {
    for (WebhookTopic topic : values()) {
      if (topic.word.equals(word)) {
        return Optional.of(topic);
      }
    }
    return Optional.empty();
  }

  /** What is told of an event; empty for what only the log knows. */
  public static List<WebhookTopic> of(DomainEvent event) {
    if (event instanceof TaskEvent task) {
      return ofTask(task.kind());
    }
    if (event instanceof BatchEvent batch) {
      return ofBatch(batch.kind());
    }
    if (event instanceof ScheduleEvent schedule) {
      return schedule.kind() == ScheduleEvent.Kind.EXECUTED
          ? List.of(SCHEDULE_EXECUTED)
          : List.of();
    }
    return event instanceof AlertEvent ? List.of(SYSTEM_ALERT) : List.of();
  }

  private static List<WebhookTopic> ofTask(TaskEvent.Kind kind) {
    return switch (kind) {
      case SUBMITTED -> List.of(TASK_CREATED);
      case LEASED -> List.of(TASK_STARTED);
      case SUCCEEDED -> List.of(TASK_COMPLETED);
      case DIED, CANCELLED -> List.of(TASK_FAILED);
      case READIED, FAILED, EXPIRED, RELEASED, REDRIVEN, EDITED, HELD -> List.of();
    };
  }

  private static List<WebhookTopic> ofBatch(BatchEvent.Kind kind) {
    return switch (kind) {
      case CREATED -> List.of(BATCH_CREATED);
      case STARTED -> List.of(BATCH_STARTED);
      case COMPLETED -> List.of(BATCH_COMPLETED, BATCH_FINISHED);
      case FAILED, CANCELLED -> List.of(BATCH_FAILED, BATCH_FINISHED);
      case PAUSED, RESUMED, EDITED, DELETED -> List.of();
    };
  }
}
