package dev.baton.http.in.bridge;

import static dev.baton.http.in.api.Schemas.array;
import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.object;
import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Usage;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The schemas and answers that several routes document alike. */
final class Docs {
  static final String SEED_TAG = "integration";
  static final String EXTENSION_TAG = "integration: worker extensions";

  static final Map<String, Object> TASK_ID =
      string("The task's id, as putPrompt or getPrompt gave it.", 1, TaskId.MAX_LENGTH);
  static final Map<String, Object> LEASE_ID =
      string(
          "The lease: getPrompt's header X-Lease-Id, or leaseId where max was given.",
          1,
          Fields.ID_LENGTH_MAX);
  static final Map<String, Object> META =
      Schemas.anyObject("Any JSON object, returned unchanged by getPrompt; at most 64 KiB.");
  static final Map<String, Object> DEDUPE_KEY =
      string(
          "Names the content. A put under a key that is in use returns the task that has it, for"
              + " 24 hours. Without one every put is a task of its own.",
          1,
          DedupeKey.MAX_LENGTH);
  static final Map<String, Object> STATUS =
      with(
          string("Where the task is in its life."),
          "enum",
          Arrays.stream(TaskState.Kind.values()).map(Views::word).toList());
  static final Map<String, Object> PRIORITY =
      with(
          string("Extension. How far ahead of others of its queue it goes; normal by default."),
          "enum",
          Arrays.stream(Priority.values()).map(p -> p.name().toLowerCase(Locale.ROOT)).toList());
  static final Map<String, Object> OK = bool("Always true.");
  static final Map<String, Object> USAGE =
      new Members()
          .add("prompt_tokens", integer("Tokens read.", 0, Usage.MAX))
          .add("completion_tokens", integer("Tokens written.", 0, Usage.MAX))
          .add("total_tokens", integer("Both together.", 0, Usage.MAX))
          .object();
  static final Map<String, Object> ERROR =
      new Members()
          .add("code", string("A stable word in capitals."))
          .add("message", string("For people."))
          .object();

  private static final Map<String, Object> DETAIL =
      new Members().add("detail", string("What was wrong.")).object("detail");
  private static final Map<String, Object> FIELD_ERROR =
      new Members()
          .add("loc", Map.of("type", "array", "items", Map.of()))
          .add("msg", string("For people."))
          .add("type", string("For programs."))
          .object("loc", "msg", "type");
  private static final Map<String, Object> FIELD_ERRORS =
      new Members().add("detail", array(FIELD_ERROR, 50)).object("detail");

  private Docs() {}

  /** A route of the seed's own. */
  public static RouteDoc.Builder seed(String operationId, String summary) {
    return RouteDoc.of(operationId, summary).tag(SEED_TAG).gptAction();
  }

  /** A route that this server adds. */
  public static RouteDoc.Builder extension(String operationId, String summary) {
    return RouteDoc.of(operationId, summary).tag(EXTENSION_TAG);
  }

  @CanIgnoreReturnValue
  public static RouteDoc.Builder invalid(RouteDoc.Builder doc) {
    return doc.answer(
        422,
        "A value is missing, of the wrong type or out of range; or the body is no JSON.",
        FIELD_ERRORS,
        Map.of(
            "detail",
            List.of(
                Map.of(
                    "loc",
                    List.of("body", "taskId"),
                    "msg",
                    "Field required",
                    "type",
                    "missing"))));
  }

  @CanIgnoreReturnValue
  public static RouteDoc.Builder refused(
      RouteDoc.Builder doc, int status, String when, String detail) {
    return doc.answer(status, when, DETAIL, Map.of("detail", detail));
  }

  @CanIgnoreReturnValue
  static RouteDoc.Builder unknown(RouteDoc.Builder doc) {
    return refused(doc, 404, "There is no such task.", "Unknown taskId");
  }

  @CanIgnoreReturnValue
  static RouteDoc.Builder leaseLost(RouteDoc.Builder doc) {
    return refused(
        doc,
        409,
        "The lease is no longer held, or the task was cancelled: drop the work.",
        "this lease on task 42 is no longer held; drop the work");
  }

  /** Members of an object schema, in the order in which they are shown; not thread-safe. */
  public static final class Members {
    private final Map<String, Map<String, Object>> members = new LinkedHashMap<>();

    @CanIgnoreReturnValue
    public Members add(String name, Map<String, Object> schema) {
      members.put(name, schema);
      return this;
    }

    public Map<String, Object> object(String... required) {
      return Schemas.object(members, List.of(required));
    }
  }

  /** What putPrompt takes, for one prompt or for many. */
  static Map<String, Object> prompt() {
    return new Members()
        .add("prompt", string("What is asked; not blank, at most 1 MiB.", 1, 1 << 20))
        .add("meta", META)
        .add("dedupeKey", DEDUPE_KEY)
        .add(
            "taskId",
            string(
                "Your own id: A-Z a-z 0-9 . _ : - only. A repeated put with the same id and content"
                    + " returns the same task.",
                1,
                TaskId.MAX_LENGTH))
        .add("queue", string("Extension. Where it waits.", 1, QueueName.MAX_LENGTH))
        .add("priority", PRIORITY)
        .add("startAt", instant("Extension. Handed to nobody before this instant."))
        .add(
            "delaySeconds",
            integer("Extension. As startAt, from now on.", 0, Fields.DELAY_SECONDS_MAX))
        .add("deadline", instant("Extension. Given up at this instant if it has no answer then."))
        .add(
            "maxAttempts",
            integer("Extension. Leases until it is given up.", 1, RetryPolicy.UNLIMITED))
        .add(
            "dedupe",
            with(
                string("Extension. Return the unfinished task of the same content, if any."),
                "enum",
                List.of("content")))
        .object("prompt");
  }

  /** What postResponse takes, for one answer or for many. */
  public static Map<String, Object> answer() {
    return new Members()
        .add("taskId", TASK_ID)
        .add("content", string("The answer, at most 16 MiB."))
        .add("usage", USAGE)
        .add(
            "traceId",
            string("Your own trace id, kept with the answer.", 0, AnswerReader.TRACE_LENGTH_MAX))
        .add("leaseId", with(LEASE_ID, "description", "Extension. Refuses a late answer."))
        .add("dedupeKey", string("Accepted, and not needed: answers are one per task."))
        .object("taskId", "content");
  }

  public static Map<String, Object> instant(String description) {
    return with(string(description), "format", "date-time");
  }

  static Map<String, Object> taskAndStatus() {
    return new Members().add("taskId", TASK_ID).add("status", STATUS).object("taskId", "status");
  }

  static Map<String, Object> ok() {
    return object(Map.of("ok", OK), List.of("ok"));
  }
}
