package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.http.out.upstream.Json;
import java.util.Map;

/**
 * Writes a request to OpenAI, or to who speaks its protocol. What is said in Anthropic's words is
 * translated where OpenAI has its own for it, so that a line made for one is not answered by half
 * at the other; everything else passes as it is.
 */
final class OpenAiRequest {
  private static final String TOOLS = "tools";
  private static final String TOOL_CHOICE = "tool_choice";
  private static final String STOP = "stop";
  private static final String STOP_SEQUENCES = "stop_sequences";
  private static final String SYSTEM = "system";
  private static final String OUTPUT = "output_config";
  private static final String METADATA = "metadata";
  private static final String SCHEMA = "input_schema";

  private OpenAiRequest() {}

  static ObjectNode of(ModelRequest request) {
    Parameters parameters = request.prompt().parameters();
    ObjectNode body = Json.newObject();
    JsonNode options = Json.trusted(parameters.options().json());
    for (Map.Entry<String, JsonNode> option : options.properties()) {
      option(body, option.getKey(), option.getValue());
    }
    body.put("model", request.model().value());
    body.set("messages", OpenAiTurns.of(options.path(SYSTEM), ChatText.messages(request.prompt())));
    parameters.temperature().ifPresent(temperature -> body.put("temperature", temperature));
    parameters
        .maxTokens()
        .ifPresent(
            most -> {
              // Newer models of OpenAI's know only the other name; who uses it has said so.
              String name =
                  body.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
              body.put(name, most);
            });
    body.remove("n");
    body.put("stream", parameters.stream());
    if (parameters.stream()) {
      body.putObject("stream_options").put("include_usage", true);
    } else {
      body.remove("stream_options");
    }
    return body;
  }

  private static void option(ObjectNode body, String name, JsonNode value) {
    switch (name) {
      case TOOLS -> tools(body, value);
      case TOOL_CHOICE -> choice(body, value);
      case STOP_SEQUENCES -> {
        if (!body.has(STOP)) {
          body.set(STOP, value);
        }
      }
      case OUTPUT -> output(body, value);
      case METADATA -> metadata(body, value);
      case SYSTEM -> {
        // The first of the messages.
      }
      default -> body.set(name, value);
    }
  }

  private static void output(ObjectNode body, JsonNode output) {
    JsonNode format = output.path("format");
    if (!format.has("schema")) {
      body.set(OUTPUT, output);
      return;
    }
    ObjectNode own = body.putObject("response_format").put("type", "json_schema");
    own.putObject("json_schema").put("name", "answer").set("schema", format.get("schema"));
    JsonNode rest = output.deepCopy();
    ((ObjectNode) rest).remove("format");
    if (!rest.isEmpty()) {
      body.set(OUTPUT, rest);
    }
  }

  /** Anthropic's metadata are the user's name alone; OpenAI's are labels. */
  private static void metadata(ObjectNode body, JsonNode metadata) {
    if (metadata.size() == 1 && metadata.path("user_id").isTextual()) {
      body.set("user", metadata.get("user_id"));
    } else {
      body.set(METADATA, metadata);
    }
  }

  private static void tools(ObjectNode body, JsonNode tools) {
    if (!tools.isArray()) {
      body.set(TOOLS, tools);
      return;
    }
    ArrayNode own = body.putArray(TOOLS);
    for (JsonNode tool : tools) {
      own.add(tool.has(SCHEMA) && !tool.has("function") ? function(tool) : tool);
    }
  }

  private static ObjectNode function(JsonNode tool) {
    ObjectNode own = Json.newObject().put("type", "function");
    ObjectNode function = own.putObject("function");
    for (Map.Entry<String, JsonNode> member : tool.properties()) {
      switch (member.getKey()) {
        case "type" -> {
          // A tool of the caller's, which is called a function here.
        }
        case SCHEMA -> function.set("parameters", member.getValue());
        case "name", "description", "strict" -> function.set(member.getKey(), member.getValue());
        default -> own.set(member.getKey(), member.getValue());
      }
    }
    return own;
  }

  private static void choice(ObjectNode body, JsonNode choice) {
    switch (choice.path("type").asText("")) {
      case "auto", "none" -> body.set(TOOL_CHOICE, choice.get("type"));
      case "any" -> body.put(TOOL_CHOICE, "required");
      case "tool" ->
          body.putObject(TOOL_CHOICE)
              .put("type", "function")
              .putObject("function")
              .set("name", choice.path("name"));
      default -> body.set(TOOL_CHOICE, choice);
    }
    if (choice.path("disable_parallel_tool_use").asBoolean(false)) {
      body.put("parallel_tool_calls", false);
    }
  }
}
