package dev.baton.http.in.bridge;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Priority;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.json.JsonValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The members of a posted object as the core's types.
 *
 * @param place where the object stands, for errors
 */
record Fields(JsonValues values, List<Object> place) {
  /** The longest text that is looked at as a task or lease id. */
  static final int ID_LENGTH_MAX = 256;

  /** The longest start delay or rest that may be asked for: 30 days. */
  static final int DELAY_SECONDS_MAX = 2_592_000;

  static Fields of(JsonValues body) {
    return new Fields(body, List.of("body"));
  }

  /** The objects of a list that must not be empty. */
  static List<Fields> items(JsonValues body, String name) {
    List<JsonValues> items = body.objects(name);
    if (items.isEmpty()) {
      throw of(body).wrong(name, "List should have at least 1 item", "too_short");
    }
    List<Fields> fields = new ArrayList<>(items.size());
    for (JsonValues item : items) {
      fields.add(new Fields(item, List.of("body", name, fields.size())));
    }
    return fields;
  }

  FieldErrors wrong(String name, String msg, String type) {
    return FieldErrors.invalid(new FieldError(loc(name), msg, type));
  }

  private List<Object> loc(String name) {
    List<Object> loc = new ArrayList<>(place);
    loc.add(name);
    return loc;
  }

  /** The id of a task that should exist: one that no task can have is merely unknown. */
  TaskId knownTask() {
    return knownTask(values.requiredText("taskId"));
  }

  static TaskId knownTask(String id) {
    if (!TaskId.isValid(id)) {
      throw new BatonException(ErrorCode.TASK_NOT_FOUND, "there is no such task");
    }
    return new TaskId(id);
  }

  Optional<LeaseId> lease() {
    Optional<String> text = values.text("leaseId");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<LeaseId> lease = LeaseId.parse(text.get());
    if (lease.isEmpty()) {
      throw wrong("leaseId", "Value should be a lease id as getPrompt gave it", "value_error");
    }
    return lease;
  }

  Optional<Priority> priority() {
    return values.text("priority").map(word -> Priority.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  Optional<Instant> instant(String name) {
    return values.text(name).map(text -> Instants.parse(text, loc(name)));
  }

  Optional<Duration> seconds(String name) {
    return values.integer(name).isPresent()
        ? Optional.of(Duration.ofSeconds(values.integer(name).getAsLong()))
        : Optional.empty();
  }
}
