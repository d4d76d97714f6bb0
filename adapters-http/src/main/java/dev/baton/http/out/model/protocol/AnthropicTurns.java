package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.baton.http.out.upstream.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes turns for Anthropic from those in OpenAI's words. Blocks that are not OpenAI's pass as
 * they are.
 */
final class AnthropicTurns {
  private static final Pattern DATA_URL =
      Pattern.compile("data:([a-z]+/[a-z0-9.+-]+);base64,(.*)", Pattern.DOTALL);

  private static final String TYPE = "type";
  private static final String TEXT = "text";
  private static final String CONTENT = "content";

  private AnthropicTurns() {}

  /** Writes {@code system} and {@code messages}. */
  static void write(ObjectNode body, ArrayNode messages) {
    ArrayNode system = Json.MAPPER.createArrayNode();
    ArrayNode turns = body.putArray("messages");
    for (JsonNode message : messages) {
      String role = message.path("role").asText("user");
      switch (role) {
        case "system", "developer" -> parts(system, message.path(CONTENT));
        case "tool" -> result(turns, message);
        default -> turn(turns.addObject(), role, message);
      }
    }
    if (!system.isEmpty()) {
      body.set("system", plain(system).<JsonNode>map(TextNode::valueOf).orElse(system));
    }
  }

  /** All blocks as one text, where they are nothing more. */
  private static Optional<String> plain(ArrayNode blocks) {
    List<String> texts = new ArrayList<>();
    for (JsonNode block : blocks) {
      if (block.size() != 2 || !block.path(TEXT).isTextual()) {
        return Optional.empty();
      }
      texts.add(block.get(TEXT).textValue());
    }
    return Optional.of(String.join("\n\n", texts));
  }

  /** A tool's answer is a part of the user's turn; several in a row are parts of one. */
  private static void result(ArrayNode turns, JsonNode message) {
    JsonNode last = turns.path(turns.size() - 1);
    boolean goesOn = last.path(CONTENT).path(0).path(TYPE).asText("").equals("tool_result");
    ArrayNode content =
        goesOn
            ? (ArrayNode) last.get(CONTENT)
            : turns.addObject().put("role", "user").putArray(CONTENT);
    ObjectNode result =
        content
            .addObject()
            .put(TYPE, "tool_result")
            .put("tool_use_id", message.path("tool_call_id").asText(""));
    if (message.path(CONTENT).isArray()) {
      parts(result.putArray(CONTENT), message.get(CONTENT));
    } else {
      result.put(CONTENT, ChatText.text(message));
    }
  }

  private static void turn(ObjectNode turn, String role, JsonNode message) {
    turn.put("role", role.equals("assistant") ? "assistant" : "user");
    JsonNode calls = message.path("tool_calls");
    JsonNode thoughts = message.path(Extras.THINKING_BLOCKS);
    JsonNode content = message.path(CONTENT);
    if (content.isTextual() && calls.isEmpty() && thoughts.isEmpty()) {
      turn.set(CONTENT, content);
      return;
    }
    ArrayNode parts = turn.putArray(CONTENT);
    thoughts.forEach(parts::add);
    parts(parts, content);
    calls.forEach(call -> parts.add(toolUse(call)));
  }

  private static ObjectNode toolUse(JsonNode call) {
    if (call.path("custom").isObject()) {
      throw new UnsayableException("a call of a custom tool can't be sent to an Anthropic model");
    }
    JsonNode function = call.path("function");
    String arguments = function.path("arguments").asText("{}");
    ObjectNode use =
        Json.newObject()
            .put(TYPE, "tool_use")
            .put("id", call.path("id").asText(""))
            .put("name", function.path("name").asText(""));
    // What is no object stays as it is, within one.
    return use.set(
        "input",
        Json.object(arguments.isBlank() ? "{}" : arguments)
            .orElseGet(() -> Json.newObject().put("arguments", arguments)));
  }

  private static void parts(ArrayNode parts, JsonNode content) {
    if (content.isTextual() && !content.textValue().isEmpty()) {
      parts.addObject().put(TYPE, TEXT).put(TEXT, content.textValue());
    } else if (content.isArray()) {
      content.forEach(part -> parts.add(part(part)));
    }
  }

  private static JsonNode part(JsonNode part) {
    String type = part.path(TYPE).asText("");
    return switch (type) {
      case "image_url" -> image(part);
      case "file" -> file(part.path("file"));
      case "refusal" -> Json.newObject().put(TYPE, TEXT).put(TEXT, part.path(type).asText(""));
      case "input_audio", "audio_url", "video_url" ->
          throw new UnsayableException(
              "a part of type " + type + " can't be sent to an Anthropic model");
      default -> part;
    };
  }

  private static ObjectNode image(JsonNode part) {
    ObjectNode image = Json.newObject().put(TYPE, "image");
    image.set("source", source(part.path("image_url").path("url").asText("")));
    if (part.has("cache_control")) {
      image.set("cache_control", part.get("cache_control"));
    }
    return image;
  }

  private static ObjectNode file(JsonNode file) {
    String data = file.path("file_data").asText("");
    if (data.isEmpty()) {
      throw new UnsayableException(
          "a file that another provider keeps can't be sent to an Anthropic model: put its bytes "
              + "into file_data");
    }
    ObjectNode document = Json.newObject().put(TYPE, "document");
    document.set("source", source(data));
    if (file.path("filename").isTextual()) {
      document.set("title", file.get("filename"));
    }
    return document;
  }

  private static ObjectNode source(String url) {
    Matcher data = DATA_URL.matcher(url);
    return data.matches()
        ? Json.newObject()
            .put(TYPE, "base64")
            .put("media_type", data.group(1))
            .put("data", data.group(2))
        : Json.newObject().put(TYPE, "url").put("url", url);
  }
}
