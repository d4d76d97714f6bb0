package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.input.InputProblem;
import dev.baton.core.domain.input.InputProblem.Fault;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.input.TaskInput;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.usecase.task.TaskEdit;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.JsonValues;
import dev.baton.http.in.json.TaskMembers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a prompt with its terms, as one or as one of many, by the core's rules; adds what only this
 * dialect has, a delay and keys of content. Thread-safe.
 */
final class PromptReader {
  private static final Map<Member, String> CHANGES =
      Map.of(
          Member.PROMPT, "prompt",
          Member.METADATA, "meta",
          Member.PRIORITY, "priority",
          Member.START_AT, "startAt",
          Member.DEADLINE, "deadline");
  private static final TaskMembers CHANGE = TaskMembers.named(CHANGES);
  private static final TaskMembers TASK = TaskMembers.named(task());

  private final InstantSource calendar;
  private final RetryPolicy retry;

  PromptReader(InstantSource calendar, RetryPolicy retry) {
    this.calendar = requireNonNull(calendar, "calendar");
    this.retry = requireNonNull(retry, "retry");
  }

  private static Map<Member, String> task() {
    Map<Member, String> names = new EnumMap<>(CHANGES);
    names.put(Member.ID, "taskId");
    names.put(Member.QUEUE, "queue");
    names.put(Member.MAX_ATTEMPTS, "maxAttempts");
    return names;
  }

  NewTask read(Fields fields) {
    JsonValues values = fields.values();
    Map<Member, Object> said = TASK.said(values);
    delayed(fields).ifPresent(at -> said.put(Member.START_AT, Instants.text(at)));
    TaskInput input = TASK.read(said);
    check(TASK, fields, input);
    NewTask.Builder task = input.task().orElseThrow().retry(retry(values));
    if (!values.has("queue")) {
      task.queue(QueueName.INTEGRATION);
    }
    boolean keyed = values.has("dedupeKey") || values.has("dedupe");
    return keyed ? keyed(fields, task.build()) : task.build();
  }

  /** What is to change of a task: as far as it is said. */
  static TaskEdit edit(JsonValues values) {
    TaskInput input = CHANGE.readChanges(CHANGE.said(values));
    check(CHANGE, Fields.of(values), input);
    NewTask told = input.task().orElseThrow().build();
    return TaskEdit.of(
        values.text("prompt"),
        values.has("meta") ? Optional.of(told.prompt().metadata()) : Optional.empty(),
        told.priority(),
        told.startAt(),
        told.deadline());
  }

  private static void check(TaskMembers members, Fields fields, TaskInput input) {
    if (input.problems().stream().anyMatch(PromptReader::isBlank)) {
      throw new PromptRequired();
    }
    members.check(fields, input.problems());
  }

  private static boolean isBlank(InputProblem problem) {
    return problem.member() == Member.PROMPT && problem.fault() == Fault.TOO_SHORT;
  }

  private RetryPolicy retry(JsonValues values) {
    OptionalLong attempts = values.integer("maxAttempts");
    return attempts.isPresent() ? retry.withMaxAttempts((int) attempts.getAsLong()) : retry;
  }

  private static NewTask keyed(Fields fields, NewTask task) {
    return task.toBuilder().dedupeKey(dedupeKey(fields, task.prompt())).build();
  }

  private static DedupeKey dedupeKey(Fields fields, Prompt prompt) {
    Optional<String> key = fields.values().text("dedupeKey");
    if (fields.values().has("dedupe")) {
      if (key.isPresent()) {
        throw fields.wrong("dedupe", "Give either dedupe or a dedupeKey", "value_error");
      }
      return DedupeKeys.ofContent(prompt);
    }
    if (!DedupeKey.isValid(key.orElseThrow())) {
      throw fields.wrong(
          "dedupeKey",
          "String should be 1 to 255 characters, none a control character",
          "string_pattern_mismatch");
    }
    return DedupeKey.of(key.get());
  }

  private Optional<Instant> delayed(Fields fields) {
    OptionalLong delay = fields.values().integer("delaySeconds");
    if (delay.isPresent() && fields.values().has("startAt")) {
      throw fields.wrong("delaySeconds", "Give either startAt or delaySeconds", "value_error");
    }
    return delay.isPresent()
        ? Optional.of(calendar.instant().plusSeconds(delay.getAsLong()))
        : Optional.empty();
  }
}
