package dev.baton.http.in.runner.task;

import static dev.baton.http.in.api.Schemas.anyObject;
import static dev.baton.http.in.api.Schemas.array;
import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.usecase.task.Settling;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Docs.Members;
import dev.baton.http.in.runner.shared.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas and examples of tasks. */
public final class TaskDocs {
  public static final String TAG = "tasks";
  public static final Map<String, Object> STATUS =
      Docs.words("Where the task is in its life.", TaskViews.STATUSES);

  private static final Map<String, Object> PROMPT =
      string("What is asked; not blank, at most 1 MiB.", 1, Member.PROMPT.max());
  private static final Map<String, Object> MODEL =
      string("Who is to answer.", 1, ModelName.MAX_LENGTH);
  private static final Map<String, Object> TEMPERATURE =
      with(with(number("How freely to answer."), "minimum", 0), "maximum", 2);
  private static final Map<String, Object> METADATA =
      anyObject("Your own object, at most 64 KiB. Its priority is the task's.");
  private static final Map<String, Object> PRIORITY =
      Docs.words("Extension. Wins over metadata.priority.", Fields.PRIORITIES);
  private static final Map<String, Object> MESSAGE =
      with(
          new Members()
              .add("role", Docs.words("Whose turn it is.", Member.ROLES))
              .add("content", Map.of("description", "A text, or a list of parts."))
              .object("role"),
          "additionalProperties",
          true);
  private static final Map<String, Object> MESSAGES = array(MESSAGE, Messages.MAX);
  private static final Map<String, Object> MAX_TOKENS =
      integer("The longest answer.", 1, Integer.MAX_VALUE);
  private static final Map<String, Object> USAGE =
      new Members()
          .add("promptTokens", integer("Tokens read.", 0, Usage.MAX))
          .add("completionTokens", integer("Tokens written.", 0, Usage.MAX))
          .add("totalTokens", integer("Both together.", 0, Usage.MAX))
          .object();

  public static final Map<String, Object> RESULT =
      new Members()
          .add("content", string("The answer."))
          .add("usage", USAGE)
          .add("model", string("Who answered, where Baton asked a model."))
          .add("finishReason", string("Why the model stopped."))
          .object("content");
  public static final Map<String, Object> ERROR =
      new Members()
          .add("code", string("A stable word in capitals."))
          .add("message", string("For people."))
          .object("code", "message");
  public static final Map<String, Object> WAITING =
      new Members()
          .add("reason", string("One word."))
          .add("sentence", string("For people."))
          .add("ahead", integer("Tasks that go before it.", 0, Integer.MAX_VALUE))
          .add("estimateSeconds", number("Until it is handed out, at the last minute's pace."))
          .add("until", Docs.instant("When that changes by itself."))
          .object("reason", "sentence");
  public static final Map<String, Object> LINE =
      new Members()
          .add("id", Docs.ID)
          .add("status", STATUS)
          .add("model", MODEL)
          .add("priority", PRIORITY)
          .add("queue", string("Where it waits."))
          .add("batchId", string("Its batch."))
          .add("attempts", integer("Leases that count.", 0, Integer.MAX_VALUE))
          .add("createdAt", Docs.instant("When it was submitted."))
          .add("startedAt", Docs.instant("When the last attempt began."))
          .add("completedAt", Docs.instant("When it was over."))
          .object("id", "status", "createdAt");
  public static final Map<String, Object> TASK =
      new Members()
          .add("id", Docs.ID)
          .add("prompt", PROMPT)
          .add("status", STATUS)
          .add("result", RESULT)
          .add("error", ERROR)
          .add("model", MODEL)
          .add("priority", PRIORITY)
          .add("queue", string("Where it waits."))
          .add("batchId", string("Its batch."))
          .add("messages", MESSAGES)
          .add("temperature", TEMPERATURE)
          .add("maxTokens", MAX_TOKENS)
          .add("options", anyObject("Extension. What else a model is told."))
          .add("stream", bool("Extension. Whether the pieces of the answer are kept."))
          .add("metadata", METADATA)
          .add("startAt", Docs.instant("Extension. Where it is held until then."))
          .add("deadline", Docs.instant("Extension. Fails at this instant without an answer."))
          .add(
              "autoExecute",
              bool("Extension. False while it waits to be executed; absent in a batch."))
          .add(
              "maxAttempts", integer("Extension. Leases until it fails.", 1, RetryPolicy.UNLIMITED))
          .add(
              "alternatives",
              with(
                  array(RESULT, Settling.ALTERNATIVES_MAX),
                  "description",
                  "Extension. Answers that do not count, oldest first; absent without any."))
          .add("attempts", integer("Leases that count.", 0, Integer.MAX_VALUE))
          .add("requestId", string("The X-Request-ID of the request that made it."))
          .add("waiting", WAITING)
          .add("createdAt", Docs.instant("When it was submitted."))
          .add("startedAt", Docs.instant("When the last attempt began."))
          .add("completedAt", Docs.instant("When it was over."))
          .object("id", "status", "createdAt");
  public static final Map<String, Object> CREATED =
      new Members()
          .add("id", Docs.ID)
          .add("status", STATUS)
          .add("createdAt", Docs.instant("When it was submitted."))
          .object("id", "status", "createdAt");
  public static final Map<String, Object> NEW_TASK =
      new Members()
          .add("id", with(Docs.ID, "description", "Your own id; made when absent."))
          .add("prompt", PROMPT)
          .add("messages", MESSAGES)
          .add("model", MODEL)
          .add("temperature", TEMPERATURE)
          .add("maxTokens", MAX_TOKENS)
          .add("metadata", METADATA)
          .add("batchId", string("The batch that it joins."))
          .add("idempotencyKey", string("As the header Idempotency-Key.", 1, 255))
          .add("autoExecute", bool("Extension. False: it waits until it is executed."))
          .add("priority", PRIORITY)
          .add("queue", string("Extension. Where it waits.", 1, QueueName.MAX_LENGTH))
          .add(
              "maxAttempts", integer("Extension. Leases until it fails.", 1, RetryPolicy.UNLIMITED))
          .add("startAt", Docs.instant("Extension. Handed to nobody before this instant."))
          .add("deadline", Docs.instant("Extension. Fails at this instant without an answer."))
          .add(
              "options",
              anyObject(
                  "Extension. What else a model is told, in the words of OpenAI's chat"
                      + " completions, such as top_p."))
          .add("stream", bool("Extension. Keep the pieces of the answer while it is written."))
          .object();
  public static final Map<String, Object> CHANGES =
      new Members()
          .add("prompt", PROMPT)
          .add("messages", MESSAGES)
          .add("model", MODEL)
          .add("temperature", TEMPERATURE)
          .add("maxTokens", MAX_TOKENS)
          .add("metadata", anyObject("A JSON merge patch of the metadata (RFC 7396)."))
          .add("priority", PRIORITY)
          .add("startAt", Docs.instant("Extension. Handed to nobody before this instant."))
          .add("deadline", Docs.instant("Extension. Fails at this instant without an answer."))
          .add("options", anyObject("Extension. What else a model is told."))
          .add("stream", bool("Extension. Keep the pieces of the answer while it is written."))
          .object();

  public static final Map<String, Object> NEW_TASK_EXAMPLE =
      example(
          "id", "task-001",
          "prompt", "Write a haiku about programming",
          "messages",
              List.of(
                  example("role", "system", "content", "You are a creative assistant."),
                  example("role", "user", "content", "Write a haiku about programming")),
          "model", "gpt-4",
          "temperature", 0.7,
          "maxTokens", 1_000,
          "metadata", example("category", "creative", "priority", "high"),
          "batchId", "batch-001",
          "idempotencyKey", "task-001-unique-key");
  public static final Map<String, Object> TASK_EXAMPLE =
      example(
          "id", "task-001",
          "prompt", "Write a haiku about programming",
          "status", "completed",
          "result",
              example(
                  "content",
                  "Code flows like a stream...",
                  "usage",
                  example("promptTokens", 15, "completionTokens", 50, "totalTokens", 65)),
          "createdAt", Docs.TIME,
          "completedAt", "2025-01-01T00:00:05.000Z");

  private TaskDocs() {}

  /** A map of names and values in turn, which keeps their order. */
  public static Map<String, Object> example(Object... pairs) {
    Map<String, Object> example = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      example.put((String) pairs[i], pairs[i + 1]);
    }
    return example;
  }

  private static Map<String, Object> number(String description) {
    return Map.of("type", "number", "description", description);
  }
}
