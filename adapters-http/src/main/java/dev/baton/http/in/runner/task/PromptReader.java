package dev.baton.http.in.runner.task;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Sets;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.input.InputProblem;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.input.TaskInput;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.NewTask;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Problems;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.TaskMembers;
import dev.baton.http.in.runner.shared.ModelCheck;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads what is said of a task, one by itself or one of a batch, by the core's rules; adds what
 * only a server knows, its models and their bounds. Thread-safe.
 */
public final class PromptReader {
  /** What a task that goes by itself may say. */
  static final Set<Member> TASK =
      Collections.unmodifiableSet(
          EnumSet.complementOf(EnumSet.of(Member.MAX_RETRIES, Member.IDEMPOTENCY_KEY)));

  /** What may be changed of a task's prompt. */
  static final Set<Member> CHANGES =
      Collections.unmodifiableSet(EnumSet.range(Member.PROMPT, Member.PRIORITY));

  static final TaskMembers TASK_MEMBERS = TaskMembers.of(TASK);

  /** Of the changes, what needs no knowledge of the models. */
  static final TaskMembers CHANGE_MEMBERS =
      TaskMembers.of(Sets.difference(CHANGES, Set.of(Member.MODEL)));

  private static final TaskMembers ROW_MEMBERS = TaskMembers.of(EnumSet.allOf(Member.class));

  /** What a row of a batch may say. */
  public static final JsonShape ROW =
      ROW_MEMBERS.declare(JsonShape.builder().keepingOthers()).build();

  private static final String MODEL = Member.MODEL.spelling();
  private static final String MAX_TOKENS = Member.MAX_TOKENS.spelling();

  private final ModelCheck models;

  public PromptReader(ModelCheck models) {
    this.models = requireNonNull(models, "models");
  }

  /**
   * A task that goes by itself.
   *
   * @throws FieldErrors that names all that is wrong, also more tokens than the model can give
   */
  NewTask.Builder task(Fields fields) {
    return read(fields, TASK_MEMBERS, () -> checkTokens(fields, model(fields), maxTokens(fields)));
  }

  /** As {@link #task}, of a row of a batch, which says what the row does not. */
  public NewTask.Builder row(Fields fields, BatchConfig config) {
    return read(fields, ROW_MEMBERS, () -> checkTokens(fields, config));
  }

  private NewTask.Builder read(Fields fields, TaskMembers members, Runnable tokens) {
    TaskInput input = members.read(fields.values());
    Problems problems = new Problems();
    problems.passing(() -> members.check(fields, besidesModel(input)));
    problems.passing(() -> model(fields));
    problems.passing(tokens);
    problems.check();
    return input.task().orElseThrow();
  }

  /** What is wrong with a model is for {@link #model} to say, which knows those that there are. */
  private static List<InputProblem> besidesModel(TaskInput input) {
    return input.problems().stream().filter(p -> p.member() != Member.MODEL).toList();
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
}
