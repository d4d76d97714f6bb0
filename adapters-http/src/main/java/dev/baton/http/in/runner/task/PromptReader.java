package dev.baton.http.in.runner.task;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Priority;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.runner.shared.Fields;
import dev.baton.http.in.runner.shared.ModelCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads what is asked and how, for one task or one of a batch: {@code prompt}, {@code messages},
 * {@code model}, {@code temperature}, {@code maxTokens}, {@code metadata}, {@code priority}, {@code
 * options}, {@code stream}. Thread-safe.
 */
public final class PromptReader {
  public static final int PROMPT_BYTES_MAX = 1 << 20;
  public static final int METADATA_BYTES_MAX = 64 << 10;
  public static final int OPTIONS_BYTES_MAX = 64 << 10;

  private static final String PROMPT = "prompt";
  private static final String MESSAGES = "messages";
  private static final String MODEL = "model";
  private static final String MAX_TOKENS = "maxTokens";
  private static final String METADATA = "metadata";
  private static final String PRIORITY = "priority";
  private static final int MODEL_LENGTH_MAX = 256;

  private final ModelCheck models;

  public PromptReader(ModelCheck models) {
    this.models = requireNonNull(models, "models");
  }

  /** Adds the members that this reads to a shape. */
  public static JsonShape.Builder members(JsonShape.Builder shape) {
    return shape
        .largeText(PROMPT, PROMPT_BYTES_MAX)
        .rawArray(MESSAGES, MessageReader.BYTES_MAX)
        .text(MODEL, MODEL_LENGTH_MAX)
        .number("temperature", 0, (long) Parameters.TEMPERATURE_MAX)
        .integer(MAX_TOKENS, 1, Integer.MAX_VALUE)
        .rawObject(METADATA, METADATA_BYTES_MAX)
        .word(PRIORITY, Fields.PRIORITIES)
        .rawObject("options", OPTIONS_BYTES_MAX)
        .bool("stream");
  }

  /**
   * The prompt of a task that goes by itself.
   *
   * @throws FieldErrors if there is neither prompt nor messages, or one of them is wrong, or more
   *     tokens are asked for than the model can give
   */
  public Prompt prompt(Fields fields) {
    checkTokens(fields, model(fields), maxTokens(fields));
    return unbounded(fields);
  }

  /** As {@link #prompt}, of a task in a batch, which may say what the task does not. */
  public Prompt prompt(Fields fields, BatchConfig config) {
    Optional<ModelName> model = model(fields);
    OptionalInt own = maxTokens(fields);
    boolean foreign = own.isEmpty() && model.isPresent();
    models.checkTokens(
        fields,
        foreign ? MODEL : MAX_TOKENS,
        model.or(config::model),
        own.isPresent() ? own : config.maxTokens());
    return unbounded(fields);
  }

  private Prompt unbounded(Fields fields) {
    Optional<String> text = fields.filled(PROMPT);
    Parameters parameters = parameters(fields);
    Optional<Messages> messages = parameters.messages();
    if (text.isEmpty() && messages.isEmpty()) {
      throw fields.wrong(PROMPT, "Field required, unless there are messages", "missing");
    }
    String label = text.isPresent() ? text.get() : MessageReader.label(messages.orElseThrow());
    return new Prompt(label, metadata(fields), parameters);
  }

  public static Metadata metadata(Fields fields) {
    return fields.values().text(METADATA).map(Metadata::new).orElse(Metadata.EMPTY);
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
    models.checkTokens(fields, MAX_TOKENS, model, maxTokens);
  }

  /** How the model is to be asked, as far as it is said; not held against a model's bounds. */
  public Parameters parameters(Fields fields) {
    Optional<Messages> messages =
        fields.values().text(MESSAGES).map(json -> MessageReader.read(fields, MESSAGES, json));
    return new Parameters(
        messages,
        fields.values().number("temperature"),
        maxTokens(fields),
        fields.values().text("options").map(Options::new).orElse(Options.NONE),
        fields.values().bool("stream", false));
  }

  /**
   * The model that is asked for.
   *
   * @throws FieldErrors of {@link ErrorCode#MODEL_NOT_SUPPORTED} if nobody offers it
   */
  public Optional<ModelName> model(Fields fields) {
    return fields.values().text(MODEL).map(name -> models.checked(fields, MODEL, name));
  }

  /** The explicit priority, or else the one that the metadata tell. */
  public static Optional<Priority> priority(Fields fields) {
    Optional<Priority> told =
        fields.values().text(METADATA).flatMap(json -> priority(fields, json));
    return fields.priority(PRIORITY).or(() -> told);
  }

  /** The priority that kept metadata tell, which may be anything. */
  public static Optional<Priority> priority(Metadata metadata) {
    String word = tree(metadata.json()).path(PRIORITY).asText();
    return Fields.PRIORITIES.contains(word)
        ? Optional.of(Priority.valueOf(word.toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static Optional<Priority> priority(Fields fields, String metadata) {
    // Most metadata say nothing of it, and need no second look.
    if (!metadata.contains("\"priority\"")) {
      return Optional.empty();
    }
    JsonNode priority = tree(metadata).path(PRIORITY);
    if (priority.isMissingNode() || priority.isNull()) {
      return Optional.empty();
    }
    if (!priority.isTextual() || !Fields.PRIORITIES.contains(priority.asText())) {
      List<Object> loc = new ArrayList<>(fields.loc(METADATA));
      loc.add(PRIORITY);
      throw FieldErrors.invalid(
          new FieldError(
              loc, "Input should be one of: " + String.join(", ", Fields.PRIORITIES), "enum"));
    }
    return Optional.of(Priority.valueOf(priority.asText().toUpperCase(Locale.ROOT)));
  }

  private static JsonNode tree(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it was parsed before", e);
    }
  }
}
