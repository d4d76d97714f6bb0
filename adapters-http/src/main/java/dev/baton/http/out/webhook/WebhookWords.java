package dev.baton.http.out.webhook;

import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.task.Tally;
import java.util.LinkedHashMap;
import java.util.Map;

/** The words of webhooks' bodies for what the core tells. Holds no state. */
final class WebhookWords {

  private WebhookWords() {}

  /** The message's members, in their order, with words in place of the core's values. */
  static Map<String, Object> of(Map<String, Object> data) {
    Map<String, Object> said = new LinkedHashMap<>();
    data.forEach((name, value) -> said.put(name, said(value)));
    return said;
  }

  private static Object said(Object value) {
    if (value instanceof TaskEvent.Kind kind) {
      return status(kind);
    }
    if (value instanceof BatchEvent.Kind kind) {
      return status(kind);
    }
    return value instanceof Tally tally ? progress(tally) : value;
  }

  private static String status(TaskEvent.Kind kind) {
    return switch (kind) {
      case LEASED -> "running";
      case SUCCEEDED -> "completed";
      case DIED, CANCELLED -> "failed";
      case SUBMITTED, READIED, FAILED, EXPIRED, RELEASED, REDRIVEN, EDITED, HELD -> "pending";
    };
  }

  private static String status(BatchEvent.Kind kind) {
    return switch (kind) {
      case CREATED, EDITED -> "pending";
      case STARTED, RESUMED -> "running";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case CANCELLED, DELETED -> "cancelled";
      case PAUSED -> "paused";
    };
  }

  private static Map<String, Object> progress(Tally tally) {
    Map<String, Object> progress = new LinkedHashMap<>();
    progress.put("total", tally.total());
    progress.put("completed", tally.succeeded());
    progress.put("failed", tally.dead() + tally.cancelled());
    return progress;
  }
}
