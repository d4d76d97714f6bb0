package dev.baton.http.in.runner.task;

import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.input.Member;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Components;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Ids;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The schemas of what is sent of a task, made from the core's members of its input. */
public final class TaskDocs {
  static final String TAG = "tasks";
  static final String TASKS = RunnerContext.PREFIX + "/tasks";
  static final String TASK = TASKS + "/{id}";

  /** A task by itself. */
  public static final Map<String, Object> NEW_TASK =
      new Component("NewTask", TaskDocs.class, TaskDocs::newTask).ref();

  /** A row of a batch. */
  public static final Map<String, Object> ROW =
      new Component(
              "NewBatchTask", TaskDocs.class, () -> object(members(EnumSet.allOf(Member.class))))
          .ref();

  /** What is to change of a task. */
  static final Map<String, Object> CHANGES =
      new Component("TaskEdit", TaskDocs.class, TaskDocs::changes).ref();

  private TaskDocs() {}

  private static Map<String, Object> newTask() {
    Map<String, Map<String, Object>> members = members(PromptReader.TASK);
    members.put("batchId", string("The batch that it joins.", 0, Ids.LENGTH_MAX));
    members.put(Member.IDEMPOTENCY_KEY.spelling(), member(Member.IDEMPOTENCY_KEY));
    members.put("autoExecute", bool("Extension. False: it waits until it is executed."));
    return object(members);
  }

  /** In a change, null takes away what can be taken away. */
  private static Map<String, Object> changes() {
    Map<String, Map<String, Object>> members = members(PromptReader.CHANGES);
    members.put(Member.START_AT.spelling(), member(Member.START_AT));
    members.put(Member.DEADLINE.spelling(), member(Member.DEADLINE));
    members.replaceAll(
        (name, schema) ->
            Set.of("prompt", "priority", "stream").contains(name)
                ? schema
                : with(schema, "type", List.of(schema.get("type"), "null")));
    members.computeIfPresent(
        "metadata",
        (name, schema) ->
            with(schema, "description", "A JSON merge patch of the metadata (RFC 7396)."));
    return object(members);
  }

  private static Map<String, Object> object(Map<String, Map<String, Object>> members) {
    return Schemas.object(members, List.of());
  }

  private static Map<String, Map<String, Object>> members(Set<Member> members) {
    Map<String, Map<String, Object>> schemas = new LinkedHashMap<>();
    members.forEach(member -> schemas.put(member.spelling(), member(member)));
    return schemas;
  }

  private static Map<String, Object> member(Member member) {
    return with(typed(member), "description", description(member));
  }

  private static Map<String, Object> typed(Member member) {
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (member.kind()) {
      case TEXT -> text(schema, member);
      case WORD -> {
        schema.put("type", "string");
        schema.put("enum", Member.PRIORITIES);
      }
      case INTEGER -> bounded(schema, "integer", member);
      case NUMBER -> bounded(schema, "number", member);
      case BOOLEAN -> schema.put("type", "boolean");
      case OBJECT -> {
        schema.put("type", "object");
        schema.put("additionalProperties", true);
      }
      case ARRAY -> {
        schema.put("type", "array");
        schema.put("items", Components.openRef(Message.class));
      }
    }
    return schema;
  }

  private static void text(Map<String, Object> schema, Member member) {
    switch (member) {
      case ID -> schema.putAll(Schemas.name("", TaskId.MAX_LENGTH));
      case QUEUE -> schema.putAll(Schemas.name("", QueueName.MAX_LENGTH));
      case START_AT, DEADLINE -> schema.putAll(Docs.instant(""));
      default -> {
        schema.put("type", "string");
        schema.put("minLength", 1);
        schema.put("maxLength", member.max());
      }
    }
  }

  private static void bounded(Map<String, Object> schema, String type, Member member) {
    schema.put("type", type);
    schema.put("minimum", member.min());
    schema.put("maximum", member.max());
  }

  private static String description(Member member) {
    return switch (member) {
      case ID -> "Your own id: A-Z a-z 0-9 . _ : - only; made when absent.";
      case PROMPT -> "What is asked; not blank, at most 1 MiB.";
      case MESSAGES -> "What the model is sent, turn by turn.";
      case MODEL -> "Who is to answer.";
      case TEMPERATURE -> "How freely to answer.";
      case MAX_TOKENS -> "The longest answer.";
      case OPTIONS ->
          "Extension. What else a model is told, in the words of OpenAI's chat completions, such"
              + " as top_p.";
      case STREAM -> "Extension. Keep the pieces of the answer while it is written.";
      case METADATA -> "Your own object, at most 64 KiB. Its priority is the task's.";
      case PRIORITY -> "Extension. Wins over metadata.priority.";
      case MAX_ATTEMPTS -> "Extension. Leases until it fails.";
      case MAX_RETRIES -> "Extension. Attempts after the first.";
      case QUEUE -> "Extension. Where it waits.";
      case START_AT -> "Extension. Handed to nobody before this instant.";
      case DEADLINE -> "Extension. Fails at this instant without an answer.";
      case IDEMPOTENCY_KEY -> "As the header Idempotency-Key.";
    };
  }
}
