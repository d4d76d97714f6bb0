package dev.baton.http.in.bridge;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Priority;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.json.JsonValues;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The members of a posted object as the core's types.
 *
 * @param place where the object stands, for errors
 */
record Fields(JsonValues values, List<Object> place) {
  /** The longest text that is looked at as a task or lease id. */
  static final int ID_LENGTH_MAX = 256;

  static final int INSTANT_LENGTH_MAX = 64;

  /** The longest start delay or rest that may be asked for: 30 days. */
  static final int DELAY_SECONDS_MAX = 2_592_000;

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  public static Fields of(JsonValues body) {
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

  public FieldErrors wrong(String name, String msg, String type) {
    List<Object> loc = new ArrayList<>(place);
    loc.add(name);
    return FieldErrors.invalid(new FieldError(loc, msg, type));
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

  /** The lease that a worker names; required by its shape. */
  LeaseId lease() {
    return optionalLease().orElseThrow();
  }

  Optional<LeaseId> optionalLease() {
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

  public Optional<Priority> priority() {
    return values.text("priority").map(this::priority);
  }

  private Priority priority(String word) {
    return switch (word) {
      case "low" -> Priority.LOW;
      case "normal" -> Priority.NORMAL;
      case "high" -> Priority.HIGH;
      case "urgent" -> Priority.URGENT;
      default ->
          throw wrong("priority", "Input should be 'low', 'normal', 'high' or 'urgent'", "enum");
    };
  }

  /** To the millisecond, which is what the store keeps. */
  public Optional<Instant> instant(String name) {
    return values.text(name).map(text -> instant(name, text));
  }

  private Instant instant(String name, String text) {
    Instant instant;
    try {
      instant = Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(name, "Input should be an ISO 8601 instant with its zone", "datetime_parsing");
    }
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw wrong(name, "Input should lie between the years 1970 and 9999", "datetime_parsing");
    }
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  Optional<Duration> seconds(String name) {
    return values.integer(name).isPresent()
        ? Optional.of(Duration.ofSeconds(values.integer(name).getAsLong()))
        : Optional.empty();
  }
}
