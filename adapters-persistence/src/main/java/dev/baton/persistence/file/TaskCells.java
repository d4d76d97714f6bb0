package dev.baton.persistence.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchTask;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Priority;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a row's members mean: the same for the cells of CSV and the members of JSON. Members of
 * other names become metadata.
 */
final class TaskCells {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final String KEY_SCOPE = "rows";
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool");

  private TaskCells() {}

  /** A row can't be used; the message says why. */
  static final class BadRowException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRowException(String message) {
      super(message);
    }
  }

  /** Numbers, messages and metadata come as texts in CSV: they are parsed here. */
  static BatchTask task(ObjectNode row) throws BadRowException {
    ObjectNode extra = JSON.createObjectNode();
    Optional<TaskId> id = Optional.empty();
    Optional<String> text = Optional.empty();
    Optional<Messages> messages = Optional.empty();
    Optional<ModelName> model = Optional.empty();
    Optional<Priority> priority = Optional.empty();
    OptionalDouble temperature = OptionalDouble.empty();
    OptionalInt maxTokens = OptionalInt.empty();
    OptionalInt maxRetries = OptionalInt.empty();
    Optional<IdempotencyKey> key = Optional.empty();
    JsonNode metadata = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> member : row.properties()) {
      JsonNode value = member.getValue();
      if (value.isNull() || (value.isTextual() && value.textValue().isEmpty())) {
        continue;
      }
      switch (member.getKey()) {
        case "id" -> id = Optional.of(id(text(member)));
        case "prompt" -> text = Optional.of(text(member));
        case "messages" -> messages = Optional.of(messages(value));
        case "model" -> model = Optional.of(model(text(member)));
        case "temperature" -> temperature = OptionalDouble.of(temperature(value));
        case "maxTokens", "max_tokens" ->
            maxTokens = OptionalInt.of(whole(member, 1, Integer.MAX_VALUE));
        case "maxRetries", "max_retries" ->
            maxRetries = OptionalInt.of(whole(member, 0, BatchConfig.RETRIES_MAX));
        case "idempotencyKey", "idempotency_key" -> key = Optional.of(key(text(member)));
        case "priority" -> priority = Optional.of(priority(text(member)));
        case "metadata" -> metadata = object(value);
        default -> extra.set(member.getKey(), value);
      }
    }
    extra.setAll((ObjectNode) metadata);
    Parameters parameters = new Parameters(messages, temperature, maxTokens, Options.NONE, false);
    Prompt prompt = prompt(text, messages, metadata(extra), parameters);
    // As in a JSON body: what stands beside the metadata wins.
    Optional<Priority> told = told((ObjectNode) metadata);
    return new BatchTask(
        id, prompt, model, priority.isPresent() ? priority : told, maxRetries, key);
  }

  private static Optional<Priority> told(ObjectNode metadata) throws BadRowException {
    JsonNode word = metadata.path("priority");
    if (word.isMissingNode() || word.isNull()) {
      return Optional.empty();
    }
    return Optional.of(priority(word.isTextual() ? word.textValue() : ""));
  }

  private static Metadata metadata(ObjectNode extra) {
    return extra.isEmpty() ? Metadata.EMPTY : new Metadata(extra.toString());
  }

  private static Prompt prompt(
      Optional<String> text, Optional<Messages> messages, Metadata metadata, Parameters parameters)
      throws BadRowException {
    if (text.isPresent() && !text.get().isBlank()) {
      return new Prompt(text.get(), metadata, parameters);
    }
    if (messages.isEmpty()) {
      throw new BadRowException("there is neither a prompt nor messages");
    }
    return new Prompt(label(messages.get()), metadata, parameters);
  }

  /** Messages without a prompt: the last text is what people are shown. */
  private static String label(Messages messages) throws BadRowException {
    JsonNode all = parsed(messages.json());
    for (int i = all.size() - 1; i >= 0; i--) {
      JsonNode content = all.get(i).path("content");
      if (content.isTextual() && !content.textValue().isBlank()) {
        return content.textValue();
      }
    }
    return "(messages)";
  }

  private static String text(Map.Entry<String, JsonNode> member) throws BadRowException {
    JsonNode value = member.getValue();
    if (!value.isTextual()) {
      throw new BadRowException(member.getKey() + " is not a text");
    }
    if (value.textValue().indexOf('\0') >= 0) {
      throw new BadRowException(member.getKey() + " holds a NUL character");
    }
    return value.textValue();
  }

  private static TaskId id(String text) throws BadRowException {
    if (!TaskId.isValid(text) || text.equals(".") || text.equals("..")) {
      throw new BadRowException("id is not 1 to 128 of A-Z a-z 0-9 . _ : -");
    }
    return new TaskId(text);
  }

  private static ModelName model(String text) throws BadRowException {
    if (!ModelName.isValid(text)) {
      throw new BadRowException("model is not 1 to 128 of A-Z a-z 0-9 . _ : / @ + -");
    }
    return new ModelName(text);
  }

  private static IdempotencyKey key(String text) throws BadRowException {
    if (!DedupeKey.isValid(text)) {
      throw new BadRowException("the idempotency key is not 1 to 255 characters");
    }
    return new IdempotencyKey(KEY_SCOPE, text, "");
  }

  private static Priority priority(String text) throws BadRowException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "low" -> Priority.LOW;
      case "normal" -> Priority.NORMAL;
      case "high" -> Priority.HIGH;
      case "urgent" -> Priority.URGENT;
      default -> throw new BadRowException("priority is not low, normal, high or urgent");
    };
  }

  private static double temperature(JsonNode value) throws BadRowException {
    double number = Double.NaN;
    try {
      number = value.isTextual() ? Double.parseDouble(value.textValue()) : value.asDouble(-1);
    } catch (NumberFormatException e) {
      // Not a number: refused below.
    }
    if (!(number >= 0 && number <= Parameters.TEMPERATURE_MAX)) {
      throw new BadRowException("temperature is not from 0 to 2");
    }
    return number;
  }

  private static int whole(Map.Entry<String, JsonNode> member, int min, int max)
      throws BadRowException {
    JsonNode value = member.getValue();
    long number = Long.MIN_VALUE;
    try {
      if (value.isTextual()) {
        number = Long.parseLong(value.textValue());
      } else if (value.canConvertToExactIntegral() && value.canConvertToLong()) {
        number = value.longValue();
      }
    } catch (NumberFormatException e) {
      // Not a number: refused below.
    }
    if (number < min || number > max) {
      throw new BadRowException(
          "%s is not a whole number from %d to %d".formatted(member.getKey(), min, max));
    }
    return (int) number;
  }

  private static ObjectNode object(JsonNode value) throws BadRowException {
    JsonNode parsed = value.isTextual() ? parsed(value.textValue()) : value;
    if (!(parsed instanceof ObjectNode object)) {
      throw new BadRowException("metadata is not a JSON object");
    }
    return object;
  }

  private static Messages messages(JsonNode value) throws BadRowException {
    JsonNode parsed = value.isTextual() ? parsed(value.textValue()) : value;
    if (!parsed.isArray() || parsed.isEmpty() || parsed.size() > Messages.MAX) {
      throw new BadRowException("messages are not a JSON array of 1 to " + Messages.MAX);
    }
    for (JsonNode message : parsed) {
      JsonNode role = message.path("role");
      if (!role.isTextual() || !ROLES.contains(role.textValue()) || !message.has("content")) {
        throw new BadRowException("a message has no content, or a role that is not known");
      }
    }
    return new Messages(parsed.toString());
  }

  private static JsonNode parsed(String json) throws BadRowException {
    try {
      JsonNode parsed = JSON.readTree(json);
      return parsed.isMissingNode() ? JSON.nullNode() : parsed;
    } catch (JsonProcessingException e) {
      throw new BadRowException("a cell is not JSON");
    }
  }
}
