package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.http.out.upstream.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider's message holds beside what an answer has a place for: sound, pictures, sources,
 * signed thoughts ... It was paid for, so it is kept as it came, under the names that it came with.
 * For one thread.
 */
final class Extras {
  /** Where signed thoughts are kept; a model wants them back in the next turn. */
  static final String THINKING_BLOCKS = "thinking_blocks";

  static final String CONTENT = "content";

  /** What an answer has a place for. */
  private static final Set<String> PLACED =
      Set.of(
          "role",
          CONTENT,
          "refusal",
          "tool_calls",
          "function_call",
          "reasoning_content",
          "reasoning",
          "thinking");

  /** What may be an answer without a word of text. */
  private static final Set<String> MEDIA =
      Set.of("audio", "image", "images", "video", "videos", "files", CONTENT);

  /** Texts that go on from piece to piece; all others are told again. */
  private static final Set<String> GROWING = Set.of("data", "transcript", "text", "summary");

  private static final Set<String> TEXT_PARTS = Set.of("text", "thinking", "output_text");

  private final ObjectNode kept = Json.newObject();

  Extras() {}

  /** Takes what a whole message or a piece of one has too much. */
  void message(JsonNode message) {
    for (Map.Entry<String, JsonNode> member : message.properties()) {
      if (!PLACED.contains(member.getKey())) {
        merge(kept, member.getKey(), member.getValue());
      }
    }
    for (JsonNode part : message.path(CONTENT)) {
      if (part.isObject() && !TEXT_PARTS.contains(part.path("type").asText("text"))) {
        add(CONTENT, part);
      }
    }
  }

  /** Takes a list that stands beside the message. */
  void list(String name, JsonNode list) {
    if (list.isArray()) {
      merge(kept, name, list);
    }
  }

  /** Takes one item of a list. */
  void add(String name, JsonNode item) {
    kept.withArrayProperty(name).add(item);
  }

  private static void merge(ObjectNode into, String name, JsonNode said) {
    if (said.isNull() || (said.isContainerNode() && said.isEmpty())) {
      return;
    }
    JsonNode known = into.path(name);
    if (said.isObject() && known.isObject()) {
      said.properties()
          .forEach(member -> merge((ObjectNode) known, member.getKey(), member.getValue()));
    } else if (said.isArray() && known.isArray()) {
      said.forEach(item -> add((ArrayNode) known, item));
    } else if (said.isTextual() && known.isTextual() && GROWING.contains(name)) {
      into.put(name, known.textValue() + said.textValue());
    } else {
      into.set(name, said.deepCopy());
    }
  }

  /** An item that names the index of a known one goes on with it. */
  private static void add(ArrayNode list, JsonNode item) {
    JsonNode index = item.path("index");
    if (index.isIntegralNumber()) {
      for (JsonNode known : list) {
        if (known.isObject() && known.path("index").equals(index)) {
          item.properties()
              .forEach(member -> merge((ObjectNode) known, member.getKey(), member.getValue()));
          return;
        }
      }
    }
    list.add(item.deepCopy());
  }

  /** What is said in a message of sound. */
  String transcript() {
    return kept.path("audio").path("transcript").asText("");
  }

  /** Whether something of it is an answer where there is no text. */
  boolean isAnswer() {
    return MEDIA.stream().anyMatch(kept::has);
  }

  /** All of it as a JSON object; empty when there is nothing. */
  Optional<String> json() {
    return kept.isEmpty() ? Optional.empty() : Optional.of(Json.text(kept));
  }
}
