package dev.baton.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Texts;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes prompts of rows: {@code prompt} is asked, {@code id} is kept as a label, {@code metadata}
 * (or {@code meta}) and all other members go to the worker as metadata.
 */
final class Items {
  private static final Set<String> METADATA_NAMES = Set.of("metadata", "meta");

  private Items() {}

  /** A row that can't be used, and why. */
  static final class BadRowException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRowException(String message) {
      super(message);
    }
  }

  static Row.Item of(JsonNode row) throws BadRowException {
    if (!row.isObject()) {
      throw new BadRowException("a row is a JSON object such as {\"prompt\":\"...\"}");
    }
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    Optional<String> label = Optional.empty();
    for (Map.Entry<String, JsonNode> member : row.properties()) {
      JsonNode value = member.getValue();
      if (METADATA_NAMES.contains(member.getKey())) {
        addAll(metadata, value);
      } else if (member.getKey().equals("id") && value.isValueNode() && !value.isNull()) {
        label = Optional.of(value.asText());
      } else if (!member.getKey().equals("prompt")) {
        metadata.set(member.getKey(), value);
      }
    }
    JsonNode text = row.path("prompt");
    if (!text.isTextual()) {
      throw new BadRowException("'prompt' is missing or no text");
    }
    return item(text.textValue(), metadata, label);
  }

  static Row.Item of(Map<String, String> cells) throws BadRowException {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, String> cell : cells.entrySet()) {
      String value = cell.getValue();
      if (value.isEmpty() || cell.getKey().equals("prompt") || cell.getKey().equals("id")) {
        continue;
      }
      if (METADATA_NAMES.contains(cell.getKey())) {
        addAll(metadata, parsed(cell.getKey(), value));
      } else {
        metadata.put(cell.getKey(), value);
      }
    }
    String text = cells.get("prompt");
    if (text == null) {
      throw new BadRowException("it has no cell 'prompt'");
    }
    Optional<String> label = Optional.ofNullable(cells.get("id")).filter(id -> !id.isEmpty());
    return item(text, metadata, label);
  }

  private static JsonNode parsed(String column, String value) throws BadRowException {
    try {
      return Jsons.read(value);
    } catch (JsonProcessingException e) {
      throw new BadRowException("'%s' is no JSON: %s".formatted(column, e.getOriginalMessage()));
    }
  }

  private static void addAll(ObjectNode metadata, JsonNode more) throws BadRowException {
    if (more instanceof ObjectNode members) {
      metadata.setAll(members);
    } else if (!more.isNull()) {
      throw new BadRowException("metadata is a JSON object");
    }
  }

  private static Row.Item item(String text, ObjectNode metadata, Optional<String> label)
      throws BadRowException {
    if (text.isBlank()) {
      throw new BadRowException("the prompt is empty");
    }
    if (!isWellFormed(text)) {
      throw new BadRowException("the prompt holds half a character (a lone surrogate) or a NUL");
    }
    if (Texts.utf8Length(text) > Texts.PROMPT_MAX) {
      throw new BadRowException("the prompt is larger than " + Texts.PROMPT_MAX + " bytes");
    }
    String json = Jsons.write(metadata);
    if (json.length() > Texts.METADATA_MAX) {
      throw new BadRowException("the metadata is larger than " + Texts.METADATA_MAX + " bytes");
    }
    return new Row.Item(new Prompt(text, new Metadata(json)), label);
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }
}
