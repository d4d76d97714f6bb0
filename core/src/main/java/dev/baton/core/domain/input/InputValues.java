package dev.baton.core.domain.input;

import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.input.InputProblem.Fault;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.prompt.TextRules;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The values of one input while it is read. Used once, by one thread. */
final class InputValues {
  /** Scope of the keys of rows: those of all batches are one set. */
  private static final String KEY_SCOPE = "rows";

  /** Names of Baton's own that stand in the metadata of a row. */
  static final Set<String> OWN_NAMES = Set.of(BatchLine.CUSTOM_ID, Columns.SOURCE_ID);

  private final JsonCodec json;
  private final boolean metadataTell;
  private final Map<Member, Object> values = new EnumMap<>(Member.class);
  private final Map<Member, String> names = new EnumMap<>(Member.class);
  private final List<InputProblem> problems = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  /**
   * @param metadataTell whether a priority in the metadata is the task's
   */
  InputValues(JsonCodec json, boolean metadataTell) {
    this.json = json;
    this.metadataTell = metadataTell;
  }

  /** A JSON value with the text that is kept of it. */
  private record Json(String text, Object value) {}

  /** Refuses a member that is said under two names, as {@code maxTokens} and {@code max_tokens}. */
  void named(Member member, String name) {
    String other = names.put(member, name);
    if (other != null) {
      wrong(member, Fault.INVALID, "is given twice, as %s and as %s".formatted(other, name));
    }
  }

  void wrong(Member member, Fault fault, String message) {
    problems.add(InputProblem.of(member, fault, message));
  }

  /** A value as it is said in a body: objects and arrays as text. */
  void raw(Member member, @Nullable Object value) {
    boolean structured = member.kind() == Member.Kind.OBJECT || member.kind() == Member.Kind.ARRAY;
    if (value != null && structured && value instanceof String text) {
      if (holdsText(member, TextRules.problemInJson(text)) && fits(member, text)) {
        structured(member, text);
      }
    } else if (value != null) {
      parsed(member, value);
    }
  }

  private void structured(Member member, String text) {
    if (!isLookedInto(member, text)) {
      values.put(member, new Json(text, Map.of()));
      return;
    }
    try {
      Object value = json.parse(text);
      if (hasKind(member, value) && value != null) {
        values.put(member, new Json(text, value));
      }
    } catch (IllegalArgumentException e) {
      wrong(member, Fault.WRONG_TYPE, "Input should be valid JSON");
    }
  }

  /** Most metadata say nothing of a priority, and no rule asks what options hold. */
  private boolean isLookedInto(Member member, String text) {
    return switch (member) {
      case MESSAGES -> true;
      case METADATA -> !text.startsWith("{") || (metadataTell && text.contains("\"priority\""));
      default -> !text.startsWith("{");
    };
  }

  /** A value of a row: objects and arrays as the codec gives them. */
  void parsed(Member member, Object value) {
    if (!hasKind(member, value)) {
      return;
    }
    switch (member.kind()) {
      case TEXT -> text(member, (String) value);
      case INTEGER, NUMBER -> number(member, (Number) value);
      case OBJECT, ARRAY -> json(member, value);
      case WORD, BOOLEAN -> values.put(member, value);
    }
  }

  private boolean hasKind(Member member, @Nullable Object value) {
    boolean fitting =
        switch (member.kind()) {
          case TEXT -> value instanceof String;
          case WORD -> value instanceof String word && Member.PRIORITIES.contains(word);
          case INTEGER -> isWhole(value);
          case NUMBER -> value instanceof Number;
          case BOOLEAN -> value instanceof Boolean;
          case OBJECT -> value instanceof Map<?, ?>;
          case ARRAY -> value instanceof List<?>;
        };
    if (!fitting) {
      boolean word = member.kind() == Member.Kind.WORD;
      wrong(member, word ? Fault.NOT_ONE_OF : Fault.WRONG_TYPE, expected(member.kind()));
    }
    return fitting;
  }

  /** JSON knows one kind of number: 50 and 50.0 are the same, and spreadsheets write the latter. */
  private static boolean isWhole(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }
    if (value instanceof Double number) {
      return number == Math.rint(number);
    }
    return value instanceof Integer || value instanceof Long || value instanceof BigInteger;
  }

  private static String expected(Member.Kind kind) {
    return switch (kind) {
      case TEXT -> "Input should be a valid string";
      case WORD -> "Input should be one of: " + String.join(", ", Member.PRIORITIES);
      case INTEGER -> "Input should be a valid integer";
      case NUMBER -> "Input should be a valid number";
      case BOOLEAN -> "Input should be a valid boolean";
      case OBJECT -> "Input should be a valid dictionary";
      case ARRAY -> "Input should be a valid list";
    };
  }

  private void text(Member member, String text) {
    if (!holdsText(member, TextRules.problem(text))) {
      return;
    }
    if (member == Member.PROMPT) {
      if (fits(member, text)) {
        values.put(member, text);
      }
    } else if (text.length() > member.max()) {
      wrong(member, Fault.TOO_LONG, "String should have at most " + member.max() + " characters");
    } else {
      values.put(member, text);
    }
  }

  private void number(Member member, Number number) {
    double value = number.doubleValue();
    if (value >= member.min() && value <= member.max()) {
      values.put(member, number);
    } else {
      wrong(
          member,
          Fault.OUT_OF_RANGE,
          "Input should be from " + member.min() + " to " + member.max());
    }
  }

  private void json(Member member, Object value) {
    String text = json.write(value);
    if (holdsText(member, TextRules.problemInJson(text)) && fits(member, text)) {
      values.put(member, new Json(text, value));
    }
  }

  private boolean holdsText(Member member, Optional<String> problem) {
    problem.ifPresent(message -> wrong(member, Fault.INVALID, message));
    return problem.isEmpty();
  }

  private boolean fits(Member member, String text) {
    boolean large = TextRules.isLarger(text, member.max());
    if (large) {
      wrong(member, Fault.TOO_LONG, "is larger than " + member.max() + " bytes");
    }
    return !large;
  }

  /** What a row says under names of its own. */
  void addMetadata(Map<String, Object> extra) {
    if (extra.isEmpty()) {
      return;
    }
    extra.keySet().stream().filter(name -> !OWN_NAMES.contains(name)).forEach(others::add);
    Map<Object, Object> all = new LinkedHashMap<>(extra);
    if (values.get(Member.METADATA) instanceof Json own) {
      Object said =
          isLookedInto(Member.METADATA, own.text()) ? own.value() : json.parse(own.text());
      all.putAll((Map<?, ?>) said);
    }
    json(Member.METADATA, all);
  }

  /**
   * The task, once all members are there.
   *
   * @param whole whether there must be a prompt or messages
   */
  TaskInput task(boolean whole) {
    Optional<Messages> messages = messages();
    Optional<String> label = label(messages.isPresent(), whole);
    Parameters parameters =
        new Parameters(
            messages,
            number(Member.TEMPERATURE)
                .map(n -> OptionalDouble.of(n.doubleValue()))
                .orElse(OptionalDouble.empty()),
            integer(Member.MAX_TOKENS),
            jsonText(Member.OPTIONS).map(Options::new).orElse(Options.NONE),
            values.get(Member.STREAM) == Boolean.TRUE);
    Metadata metadata = jsonText(Member.METADATA).map(Metadata::new).orElse(Metadata.EMPTY);
    NewTask.Builder task =
        NewTask.builder(new Prompt(label.orElse("-"), metadata, parameters))
            .id(named(Member.ID, NameRules::isId, TaskId::new).orElse(null))
            .model(named(Member.MODEL, ModelName::isValid, ModelName::new).orElse(null))
            .priority(priority().orElse(null))
            .retry(retry().orElse(null))
            .queue(named(Member.QUEUE, QueueName::isValid, QueueName::new).orElse(null))
            .idempotencyKey(
                named(Member.IDEMPOTENCY_KEY, DedupeKey::isValid, InputValues::key).orElse(null));
    times(task);
    return new TaskInput(
        problems.isEmpty() ? Optional.of(task) : Optional.empty(), problems, others);
  }

  private Optional<Messages> messages() {
    if (!(values.get(Member.MESSAGES) instanceof Json turns)) {
      return Optional.empty();
    }
    Optional<InputProblem> problem = MessageRules.problem((List<?>) turns.value());
    problem.ifPresent(problems::add);
    return problem.isPresent() ? Optional.empty() : Optional.of(new Messages(turns.text()));
  }

  private Optional<String> label(boolean hasMessages, boolean whole) {
    Optional<String> text = Optional.ofNullable((String) values.get(Member.PROMPT));
    if (text.filter(String::isBlank).isPresent()) {
      wrong(Member.PROMPT, Fault.TOO_SHORT, "String should not be blank");
      return Optional.empty();
    }
    if (text.isPresent()) {
      return text;
    }
    if (hasMessages && values.get(Member.MESSAGES) instanceof Json turns) {
      return Optional.of(MessageRules.label((List<?>) turns.value()));
    }
    if (whole && problems.stream().noneMatch(p -> isPromptOrMessages(p.member()))) {
      wrong(Member.PROMPT, Fault.MISSING, "Field required, unless there are messages");
    }
    return Optional.empty();
  }

  private static boolean isPromptOrMessages(Member member) {
    return member == Member.PROMPT || member == Member.MESSAGES;
  }

  private <T> Optional<T> named(Member member, Predicate<String> valid, Function<String, T> made) {
    Optional<String> text = Optional.ofNullable((String) values.get(member));
    if (text.isPresent() && !valid.test(text.get())) {
      wrong(member, Fault.PATTERN, pattern(member));
      return Optional.empty();
    }
    return text.map(made);
  }

  private static String pattern(Member member) {
    return switch (member) {
      case ID -> "String should be 1 to 128 characters of A-Z a-z 0-9 . _ : - and no reserved name";
      case QUEUE -> "String should be 1 to 64 characters of A-Z a-z 0-9 . _ : -";
      case MODEL -> "there is no model of this name";
      default -> "String should be 1 to 255 characters, none a control character";
    };
  }

  private static IdempotencyKey key(String text) {
    return new IdempotencyKey(KEY_SCOPE, text, "");
  }

  /** The explicit priority, or else the one that the metadata tell. */
  private Optional<Priority> priority() {
    Optional<Priority> told =
        metadataTell && values.get(Member.METADATA) instanceof Json metadata
            ? told(((Map<?, ?>) metadata.value()).get("priority"))
            : Optional.empty();
    Optional<String> own = Optional.ofNullable((String) values.get(Member.PRIORITY));
    return own.map(InputValues::priority).or(() -> told);
  }

  private Optional<Priority> told(@Nullable Object word) {
    if (word == null) {
      return Optional.empty();
    }
    if (word instanceof String text && Member.PRIORITIES.contains(text)) {
      return Optional.of(priority(text));
    }
    problems.add(
        new InputProblem(
            Member.METADATA, List.of("priority"), Fault.NOT_ONE_OF, expected(Member.Kind.WORD)));
    return Optional.empty();
  }

  private static Priority priority(String word) {
    return Priority.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Optional<RetryPolicy> retry() {
    OptionalInt attempts = integer(Member.MAX_ATTEMPTS);
    OptionalInt retries = integer(Member.MAX_RETRIES);
    if (attempts.isPresent() && retries.isPresent()) {
      wrong(Member.MAX_RETRIES, Fault.INVALID, "Give either maxAttempts or maxRetries");
    }
    if (attempts.isEmpty() && retries.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        RetryPolicy.DEFAULT.withMaxAttempts(attempts.orElseGet(() -> retries.getAsInt() + 1)));
  }

  private void times(NewTask.Builder task) {
    Optional<Instant> startAt = instant(Member.START_AT);
    Optional<Instant> deadline = instant(Member.DEADLINE);
    if (startAt.isPresent() && deadline.filter(at -> !at.isAfter(startAt.get())).isPresent()) {
      wrong(Member.DEADLINE, Fault.INVALID, "Value should lie after the start");
    }
    task.startAt(startAt.orElse(null)).deadline(deadline.orElse(null));
  }

  private Optional<Instant> instant(Member member) {
    try {
      return Optional.ofNullable((String) values.get(member)).map(InstantRules::parse);
    } catch (IllegalArgumentException e) {
      wrong(member, Fault.INSTANT, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Number> number(Member member) {
    return Optional.ofNullable((Number) values.get(member));
  }

  private OptionalInt integer(Member member) {
    Number number = (Number) values.get(member);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number.intValue());
  }

  private Optional<String> jsonText(Member member) {
    return values.get(member) instanceof Json value ? Optional.of(value.text()) : Optional.empty();
  }
}
