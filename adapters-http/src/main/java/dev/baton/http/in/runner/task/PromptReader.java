package dev.baton.http.in.runner.task;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.input.InputProblem;
import dev.baton.core.domain.input.JsonCodec;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.input.TaskInput;
import dev.baton.core.domain.input.TaskInputReader;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Problems;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import dev.baton.http.in.runner.shared.Fields;
import dev.baton.http.in.runner.shared.ModelCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is said of a task, one by itself or one of a batch, by the core's rules; adds what
 * only a server knows, its models and their bounds. Thread-safe.
 */
public final class PromptReader {
  /** What a task that goes by itself may say. */
  static final Set<Member> TASK = without(Member.MAX_RETRIES, Member.IDEMPOTENCY_KEY);

  /** What a row of a batch may say. */
  public static final Set<Member> ROW = Collections.unmodifiableSet(EnumSet.allOf(Member.class));

  /** What may be changed of a task's prompt. */
  static final Set<Member> CHANGES =
      Collections.unmodifiableSet(EnumSet.range(Member.PROMPT, Member.PRIORITY));

  private static final TaskInputReader INPUT = new TaskInputReader(new BodyJson());
  private static final String MODEL = Member.MODEL.spelling();
  private static final String MAX_TOKENS = Member.MAX_TOKENS.spelling();

  private final ModelCheck models;

  public PromptReader(ModelCheck models) {
    this.models = requireNonNull(models, "models");
  }

  private static Set<Member> without(Member... members) {
    Set<Member> rest = EnumSet.allOf(Member.class);
    rest.removeAll(Set.of(members));
    return Collections.unmodifiableSet(rest);
  }

  /** Adds members to a shape. */
  public static JsonShape.Builder members(JsonShape.Builder shape, Set<Member> members) {
    members.forEach(member -> add(shape, member, member.spelling()));
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

  /**
   * A task that goes by itself.
   *
   * @throws FieldErrors that names all that is wrong, also more tokens than the model can give
   */
  NewTask.Builder task(Fields fields) {
    return read(fields, TASK, () -> checkTokens(fields, model(fields), maxTokens(fields)));
  }

  /** As {@link #task}, of a row of a batch, which says what the row does not. */
  public NewTask.Builder row(Fields fields, BatchConfig config) {
    return read(fields, ROW, () -> checkTokens(fields, config));
  }

  private NewTask.Builder read(Fields fields, Set<Member> members, Runnable tokens) {
    TaskInput input = INPUT.members(said(fields, members));
    Problems problems = new Problems();
    problems.reading(() -> checked(fields, input));
    problems.readingOptional(() -> model(fields));
    problems.reading(
        () -> {
          tokens.run();
          return true;
        });
    problems.check();
    return input.task().orElseThrow();
  }

  private void checkTokens(Fields fields, BatchConfig config) {
    Optional<ModelName> model = model(fields);
    OptionalInt own = maxTokens(fields);
    boolean foreign = own.isEmpty() && model.isPresent();
    models.checkTokens(
        fields.loc(foreign ? MODEL : MAX_TOKENS),
        model.or(config::model),
        own.isPresent() ? own : config.maxTokens());
  }

  /**
   * What is to change of a prompt: as far as it is said, with a text that stands for none. Neither
   * models nor their bounds are asked.
   */
  NewTask changes(Fields fields) {
    TaskInput input = INPUT.changes(said(fields, CHANGES));
    checked(fields, input);
    return input.task().orElseThrow().build();
  }

  /** What is wrong with a model is for {@link #model} to say, which knows those that there are. */
  private static boolean checked(Fields fields, TaskInput input) {
    List<FieldError> errors =
        input.problems().stream()
            .filter(problem -> problem.member() != Member.MODEL)
            .map(problem -> error(fields, problem))
            .toList();
    if (!errors.isEmpty()) {
      throw new FieldErrors(ErrorCode.VALIDATION_FAILED, errors);
    }
    return true;
  }

  private static FieldError error(Fields fields, InputProblem problem) {
    List<Object> loc = new ArrayList<>(fields.loc(problem.member().spelling()));
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

  private static Map<Member, Object> said(Fields fields, Set<Member> members) {
    Map<Member, Object> said = new EnumMap<>(Member.class);
    for (Member member : members) {
      if (fields.values().has(member.spelling())) {
        said.put(member, value(fields.values(), member));
      }
    }
    return said;
  }

  private static Object value(JsonValues values, Member member) {
    String name = member.spelling();
    return switch (member.kind()) {
      case TEXT, WORD, OBJECT, ARRAY -> values.text(name).orElseThrow();
      case INTEGER -> values.integer(name).orElseThrow();
      case NUMBER -> values.number(name).orElseThrow();
      case BOOLEAN -> values.bool(name, false);
    };
  }

  private static OptionalInt maxTokens(Fields fields) {
    OptionalLong given = fields.values().integer(MAX_TOKENS);
    return given.isPresent() ? OptionalInt.of((int) given.getAsLong()) : OptionalInt.empty();
  }

  /**
   * Refuses an answer that is longer than the model that is to give it can give.
   *
   * @param model empty for the one that is asked where none is named
   */
  public void checkTokens(Fields fields, Optional<ModelName> model, OptionalInt maxTokens) {
    models.checkTokens(fields.loc(MAX_TOKENS), model, maxTokens);
  }

  /**
   * The model that is asked for.
   *
   * @throws FieldErrors of {@link ErrorCode#MODEL_NOT_SUPPORTED} if nobody offers it
   */
  public Optional<ModelName> model(Fields fields) {
    return fields.values().text(MODEL).map(name -> models.checked(fields.loc(MODEL), name));
  }

  /** The priority that kept metadata tell, which may be anything. */
  static Optional<Priority> priority(Metadata metadata) {
    Object word =
        new BodyJson().parse(metadata.json()) instanceof Map<?, ?> m ? m.get("priority") : null;
    return word instanceof String text && Member.PRIORITIES.contains(text)
        ? Optional.of(Priority.valueOf(text.toUpperCase(Locale.ROOT)))
        : Optional.empty();
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
