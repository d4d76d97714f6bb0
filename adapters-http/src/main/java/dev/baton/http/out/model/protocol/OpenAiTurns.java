package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.baton.http.out.upstream.Json;
import java.util.Set;

/**
 * Writes turns for OpenAI from those that hold blocks in Anthropic's words: calls of tools and
 * their results become turns' members and turns of their own. Turns without such a block pass
 * untouched, and so does each block that is neither's. What a model thought in earlier turns is
 * left out: it is signed for Anthropic alone.
 */
final class OpenAiTurns {
  private static final String TYPE = "type";
  private static final String TEXT = "text";
  private static final String CONTENT = "content";
  private static final Set<String> ANTHROPICS =
      Set.of("image", "document", "tool_use", "tool_result", "thinking", "redacted_thinking");

  private OpenAiTurns() {}

  /**
   * The turns.
   *
   * @param system what Anthropic is told beside them: a text or blocks of it; missing for nothing
   */
  static ArrayNode of(JsonNode system, ArrayNode messages) {
    ArrayNode turns = Json.MAPPER.createArrayNode();
    if (system.isTextual() || system.isArray()) {
      turns.addObject().put("role", "system").set(CONTENT, system);
    }
    for (JsonNode message : messages) {
      if (isAnthropics(message.path(CONTENT))) {
        turn(turns, message);
      } else {
        turns.add(message);
      }
    }
    return turns;
  }

  private static boolean isAnthropics(JsonNode content) {
    for (JsonNode part : content) {
      if (ANTHROPICS.contains(part.path(TYPE).asText(""))) {
        return true;
      }
    }
    return false;
  }

  private static void turn(ArrayNode turns, JsonNode message) {
    ObjectNode turn = message.deepCopy();
    ArrayNode parts = turn.putArray(CONTENT);
    ArrayNode calls = Json.MAPPER.createArrayNode();
    for (JsonNode part : message.path(CONTENT)) {
      switch (part.path(TYPE).asText("")) {
        case "tool_result" ->
            turns
                .addObject()
                .put("role", "tool")
                .put("tool_call_id", part.path("tool_use_id").asText(""))
                .set(CONTENT, result(part));
        case "tool_use" -> calls.add(call(part));
        case "thinking", "redacted_thinking" -> {
          // Said why above.
        }
        default -> parts.add(part(part));
      }
    }
    if (!calls.isEmpty()) {
      turn.set("tool_calls", calls);
    }
    if (parts.isEmpty() && !calls.isEmpty()) {
      turn.putNull(CONTENT);
    }
    if (!parts.isEmpty() || !calls.isEmpty()) {
      turns.add(turn);
    }
  }

  /** OpenAI has no mark for a tool that failed, so its words say it. */
  private static JsonNode result(JsonNode result) {
    JsonNode content = result.path(CONTENT);
    String mark = result.path("is_error").asBoolean(false) ? "Error: " : "";
    if (!content.isArray()) {
      return TextNode.valueOf(mark + content.asText(""));
    }
    ArrayNode parts = Json.MAPPER.createArrayNode();
    if (!mark.isEmpty()) {
      parts.addObject().put(TYPE, TEXT).put(TEXT, mark.strip());
    }
    content.forEach(part -> parts.add(part(part)));
    return parts;
  }

  private static ObjectNode call(JsonNode use) {
    ObjectNode call = Json.newObject().put("id", use.path("id").asText("")).put(TYPE, "function");
    call.putObject("function")
        .put("name", use.path("name").asText(""))
        .put("arguments", use.has("input") ? Json.text(use.get("input")) : "{}");
    return call;
  }

  private static JsonNode part(JsonNode part) {
    JsonNode source = part.path("source");
    return switch (part.path(TYPE).asText("") + "/" + source.path(TYPE).asText("")) {
      case "image/base64", "image/url" -> image(source);
      case "document/base64" -> file(part, source);
      case "document/text" ->
          Json.newObject().put(TYPE, TEXT).put(TEXT, source.path("data").asText(""));
      default -> part;
    };
  }

  private static ObjectNode image(JsonNode source) {
    ObjectNode image = Json.newObject().put(TYPE, "image_url");
    image
        .putObject("image_url")
        .put("url", source.has("url") ? source.path("url").asText("") : dataUrl(source));
    return image;
  }

  private static ObjectNode file(JsonNode document, JsonNode source) {
    ObjectNode file = Json.newObject().put(TYPE, "file");
    file.putObject("file")
        .put("filename", document.path("title").asText("document.pdf"))
        .put("file_data", dataUrl(source));
    return file;
  }

  private static String dataUrl(JsonNode source) {
    return "data:%s;base64,%s"
        .formatted(source.path("media_type").asText(""), source.path("data").asText(""));
  }
}
