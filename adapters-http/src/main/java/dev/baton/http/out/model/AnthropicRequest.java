package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.Parameters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a request to Anthropic from one in OpenAI's words. */
final class AnthropicRequest {
  /** Anthropic asks for a bound; this one all of its models take. */
  private static final int USUAL_MAX_TOKENS = 4_096;

  private static final Pattern DATA_URL =
      Pattern.compile("data:([a-z]+/[a-z0-9.+-]+);base64,(.*)", Pattern.DOTALL);

  private AnthropicRequest() {}

  static ObjectNode of(ModelRequest request) {
    Parameters parameters = request.prompt().parameters();
    JsonNode options = Json.trusted(parameters.options().json());
    ObjectNode body = Json.newObject();
    body.put("model", request.model().value());
    body.put("max_tokens", parameters.maxTokens().orElse(USUAL_MAX_TOKENS));
    // Its range ends at 1, where OpenAI's ends at 2.
    parameters.temperature().ifPresent(t -> body.put("temperature", Math.min(1, t)));
    body.put("stream", parameters.stream());
    turns(body, ChatText.messages(request.prompt()));
    tools(body, options);
    if (options.has("top_p")) {
      body.set("top_p", options.get("top_p"));
    }
    JsonNode stop = options.path("stop");
    if (stop.isTextual()) {
      body.putArray("stop_sequences").add(stop);
    } else if (stop.isArray()) {
      body.set("stop_sequences", stop);
    }
    JsonNode format = options.path("response_format");
    if (format.path("type").asText("").equals("json_schema")) {
      ObjectNode wanted = body.putObject("output_config").putObject("format");
      wanted.put("type", "json_schema").set("schema", format.path("json_schema").path("schema"));
    }
    return body;
  }

  private static void turns(ObjectNode body, ArrayNode messages) {
    StringBuilder system = new StringBuilder();
    ArrayNode turns = body.putArray("messages");
    for (JsonNode message : messages) {
      String role = message.path("role").asText("user");
      switch (role) {
        case "system", "developer" ->
            system.append(system.isEmpty() ? "" : "\n\n").append(ChatText.text(message));
        case "tool" -> result(turns, message);
        default -> turn(turns.addObject(), role, message);
      }
    }
    if (!system.isEmpty()) {
      body.put("system", system.toString());
    }
  }

  /** A tool's answer is a part of the user's turn; several in a row are parts of one. */
  private static void result(ArrayNode turns, JsonNode message) {
    JsonNode last = turns.path(turns.size() - 1);
    boolean goesOn = last.path("content").path(0).path("type").asText("").equals("tool_result");
    ArrayNode content =
        goesOn
            ? (ArrayNode) last.get("content")
            : turns.addObject().put("role", "user").putArray("content");
    content
        .addObject()
        .put("type", "tool_result")
        .put("tool_use_id", message.path("tool_call_id").asText(""))
        .put("content", ChatText.text(message));
  }

  private static void turn(ObjectNode turn, String role, JsonNode message) {
    turn.put("role", role.equals("assistant") ? "assistant" : "user");
    JsonNode calls = message.path("tool_calls");
    JsonNode content = message.path("content");
    if (content.isTextual() && calls.isEmpty()) {
      turn.set("content", content);
      return;
    }
    ArrayNode parts = turn.putArray("content");
    if (content.isTextual() && !content.textValue().isEmpty()) {
      parts.addObject().put("type", "text").put("text", content.textValue());
    }
    if (content.isArray()) {
      content.forEach(part -> part(parts, part));
    }
    for (JsonNode call : calls) {
      JsonNode function = call.path("function");
      ObjectNode use = parts.addObject().put("type", "tool_use");
      use.put("id", call.path("id").asText(""));
      use.put("name", function.path("name").asText(""));
      use.set(
          "input", Json.object(function.path("arguments").asText("{}")).orElseGet(Json::newObject));
    }
  }

  private static void part(ArrayNode parts, JsonNode part) {
    if (!part.path("type").asText("").equals("image_url")) {
      parts.addObject().put("type", "text").put("text", part.path("text").asText(""));
      return;
    }
    String url = part.path("image_url").path("url").asText("");
    Matcher data = DATA_URL.matcher(url);
    ObjectNode source = parts.addObject().put("type", "image").putObject("source");
    if (data.matches()) {
      source.put("type", "base64").put("media_type", data.group(1)).put("data", data.group(2));
    } else {
      source.put("type", "url").put("url", url);
    }
  }

  private static void tools(ObjectNode body, JsonNode options) {
    if (!options.path("tools").isArray()) {
      return;
    }
    ArrayNode tools = body.putArray("tools");
    for (JsonNode tool : options.get("tools")) {
      JsonNode function = tool.path("function");
      ObjectNode own = tools.addObject().put("name", function.path("name").asText(""));
      if (function.path("description").isTextual()) {
        own.set("description", function.get("description"));
      }
      own.set(
          "input_schema",
          function.has("parameters")
              ? function.get("parameters")
              : Json.newObject().put("type", "object"));
    }
    choice(body, options.path("tool_choice"));
  }

  private static void choice(ObjectNode body, JsonNode choice) {
    if (choice.isObject()) {
      body.putObject("tool_choice")
          .put("type", "tool")
          .put("name", choice.path("function").path("name").asText(""));
    } else if (choice.isTextual()) {
      String type =
          switch (choice.textValue()) {
            case "required" -> "any";
            case "none" -> "none";
            default -> "auto";
          };
      body.putObject("tool_choice").put("type", type);
    }
  }
}
