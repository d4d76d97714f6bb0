package dev.baton.core.domain.webhook;

import dev.baton.core.domain.event.AlertEvent;
import dev.baton.core.domain.event.BatchEvent;
import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.ScheduleEvent;
import dev.baton.core.domain.event.TaskEvent;
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
  /** Also subscribed to as {@link #ALIAS}. */
  BATCH_COMPLETED("batch.completed"),
  BATCH_FAILED("batch.failed"),
  SCHEDULE_EXECUTED("scheduled_task.executed"),
  SYSTEM_ALERT("system.alert");

  /** Another word for {@link #BATCH_COMPLETED}. */
  public static final String ALIAS = "batch.finished";

  private final String word;

  WebhookTopic(String word) {
    this.word = word;
  }

  /** As subscriptions and messages say it. */
  public String word() {
    return word;
  }

  /** The inverse of {@link #word}, which knows the alias, too. */
  public static Optional<WebhookTopic> of(String word) {
    if (word.equals(ALIAS)) {
      return Optional.of(BATCH_COMPLETED);
    }
    for (WebhookTopic topic : values()) {
      if (topic.word.equals(word)) {
        return Optional.of(topic);
      }
    }
    return Optional.empty();
  }

  /** What is told of an event; empty for what only the log knows. */
  public static Optional<WebhookTopic> of(DomainEvent event) {
    if (event instanceof TaskEvent task) {
      return ofTask(task.kind());
    }
    if (event instanceof BatchEvent batch) {
      return ofBatch(batch.kind());
    }
    if (event instanceof ScheduleEvent schedule) {
      return schedule.kind() == ScheduleEvent.Kind.EXECUTED
          ? Optional.of(SCHEDULE_EXECUTED)
          : Optional.empty();
    }
    return event instanceof AlertEvent ? Optional.of(SYSTEM_ALERT) : Optional.empty();
  }

  private static Optional<WebhookTopic> ofTask(TaskEvent.Kind kind) {
    return switch (kind) {
      case SUBMITTED -> Optional.of(TASK_CREATED);
      case LEASED -> Optional.of(TASK_STARTED);
      case SUCCEEDED -> Optional.of(TASK_COMPLETED);
      case DIED, CANCELLED -> Optional.of(TASK_FAILED);
      case READIED, FAILED, EXPIRED, RELEASED, REDRIVEN, EDITED, HELD -> Optional.empty();
    };
  }

  private static Optional<WebhookTopic> ofBatch(BatchEvent.Kind kind) {
    return switch (kind) {
      case CREATED -> Optional.of(BATCH_CREATED);
      case STARTED -> Optional.of(BATCH_STARTED);
      case COMPLETED -> Optional.of(BATCH_COMPLETED);
      case FAILED, CANCELLED -> Optional.of(BATCH_FAILED);
      case PAUSED, RESUMED, EDITED, DELETED -> Optional.empty();
    };
  }
}
