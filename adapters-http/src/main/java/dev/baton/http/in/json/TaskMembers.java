package dev.baton.http.in.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.input.InputProblem;
import dev.baton.core.domain.input.JsonCodec;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.input.TaskInput;
import dev.baton.core.domain.input.TaskInputReader;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a body says of a task, read by the core's rules under the names that a dialect has for the
 * core's members. Thread-safe.
 */
public final class TaskMembers {
  private static final TaskInputReader INPUT = new TaskInputReader(new BodyJson());

  private final TaskInputReader reader;
  private final Map<Member, String> names;

  private TaskMembers(TaskInputReader reader, Map<Member, String> names) {
    this.reader = reader;
    this.names = new EnumMap<>(names);
  }

  /** Members under the core's own names; a priority in the metadata is the task's. */
  public static TaskMembers of(Set<Member> members) {
    Map<Member, String> names = new EnumMap<>(Member.class);
    members.forEach(member -> names.put(member, member.spelling()));
    return new TaskMembers(INPUT, names);
  }

  /** Members under names of the dialect's; metadata say nothing to anybody but their sender. */
  public static TaskMembers named(Map<Member, String> names) {
    return new TaskMembers(TaskInputReader.withOpaqueMetadata(new BodyJson()), names);
  }

  /** Adds the members to a shape. */
  public JsonShape.Builder declare(JsonShape.Builder shape) {
    names.forEach((member, name) -> add(shape, member, name));
    return shape;
  }

  private static void add(JsonShape.Builder shape, Member member, String name) {
    JsonShape.Builder unused =
        switch (member.kind()) {
          case TEXT ->
              member == Member.PROMPT
                  ? shape.largeText(name, member.max())
                  : shape.text(name, member.max());
          case WORD -> shape.word(name, Member.PRIORITIES);
          case INTEGER -> shape.integer(name, member.min(), member.max());
          case NUMBER -> shape.number(name, member.min(), member.max());
          case BOOLEAN -> shape.bool(name);
          case OBJECT -> shape.rawObject(name, member.max());
          case ARRAY -> shape.rawArray(name, member.max());
        };
  }

  /** What is said of each member, in the words of {@link TaskInputReader#members}. */
  public Map<Member, Object> said(JsonValues values) {
    Map<Member, Object> said = new EnumMap<>(Member.class);
    names.forEach(
        (member, name) -> {
          if (values.has(name)) {
            said.put(member, value(values, member, name));
          }
        });
    return said;
  }

  private static Object value(JsonValues values, Member member, String name) {
    return switch (member.kind()) {
      case TEXT, WORD, OBJECT, ARRAY -> values.requiredText(name);
      case INTEGER -> values.integer(name).orElseThrow();
      case NUMBER -> values.number(name).orElseThrow();
      case BOOLEAN -> values.bool(name, false);
    };
  }

  /** A task, or what is wrong with it. */
  public TaskInput read(Map<Member, Object> said) {
    return reader.members(said);
  }

  /**
   * As {@link #read(Map)}, of all that is said; what the shape kept of other members is metadata.
   */
  public TaskInput read(JsonValues values) {
    return reader.members(said(values), values.others());
  }

  /** As {@link #read}, of what is to change: with a text that stands for none. */
  public TaskInput readChanges(Map<Member, Object> said) {
    return reader.changes(said);
  }

  /**
   * What is to change of a task, as far as it is said.
   *
   * @throws FieldErrors that names all that is wrong
   */
  public NewTask changes(Fields fields) {
    TaskInput input = readChanges(said(fields.values()));
    check(fields, input.problems());
    return input.task().orElseThrow().build();
  }

  /**
   * Passes if there are no problems.
   *
   * @throws FieldErrors that names all
   */
  public void check(Fields fields, List<InputProblem> problems) {
    if (!problems.isEmpty()) {
      throw new FieldErrors(
          ErrorCode.VALIDATION_FAILED,
          problems.stream().map(problem -> error(fields, problem)).toList());
    }
  }

  private FieldError error(Fields fields, InputProblem problem) {
    String name = names.getOrDefault(problem.member(), problem.member().spelling());
    List<Object> loc = new ArrayList<>(fields.loc(name));
    loc.addAll(problem.steps());
    return new FieldError(loc, problem.message(), type(problem));
  }

  private static String type(InputProblem problem) {
    return switch (problem.fault()) {
      case MISSING -> "missing";
      case WRONG_TYPE -> "dict_type";
      case TOO_SHORT -> problem.member() == Member.PROMPT ? "string_too_short" : "too_short";
      case TOO_LONG -> "too_long";
      case NOT_ONE_OF -> "enum";
      case PATTERN -> "string_pattern_mismatch";
      case INSTANT -> "datetime_parsing";
      case OUT_OF_RANGE, INVALID -> "value_error";
    };
  }

  /** The priority that kept metadata tell, which may be anything. */
  public static Optional<Priority> priority(Metadata metadata) {
    return INPUT
        .changes(Map.of(Member.METADATA, metadata.json()))
        .task()
        .flatMap(told -> told.build().priority());
  }

  /** JSON of bodies, which was parsed before. */
  private record BodyJson() implements JsonCodec {
    @Override
    public @Nullable Object parse(String json) {
      try {
        return Json.mapper().readValue(json, Object.class);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("it is not JSON", e);
      }
    }

    @Override
    public String write(Object value) {
      try {
        return Json.mapper().writeValueAsString(value);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a parsed value can be written", e);
      }
    }
  }
}
