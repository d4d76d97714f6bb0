package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.http.out.upstream.Json;
import java.util.Map;
import java.util.Set;

/**
 * Writes a request to Anthropic. What is said in OpenAI's words is translated; what is not one of
 * these words passes as it is, since it may be Anthropic's own. Words of OpenAI's for which there
 * are none: hints are left out, and what would change the answer is refused.
 */
final class AnthropicRequest {
  /** Anthropic asks for a bound; this one all of its models take. */
  private static final int USUAL_MAX_TOKENS = 4_096;

  /** Said by the task itself, or written from it. */
  private static final Set<String> WRITTEN =
      Set.of(
          "model",
          "messages",
          "temperature",
          "max_tokens",
          "max_completion_tokens",
          "stream",
          "stream_options",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "stop",
          "response_format",
          "user",
          "metadata",
          "service_tier",
          "n");

  /** How OpenAI is to sample, to store, to hurry: the same is asked without them. */
  private static final Set<String> HINTS =
      Set.of(
          "seed",
          "frequency_penalty",
          "presence_penalty",
          "logit_bias",
          "store",
          "prediction",
          "verbosity",
          "reasoning_effort",
          "prompt_cache_key",
          "prompt_cache_retention",
          "safety_identifier");

  /** What OpenAI would put into the answer, or what it may call. */
  private static final Set<String> UNSAYABLE =
      Set.of(
          "logprobs", "top_logprobs", "audio", "functions", "function_call", "web_search_options");

  private AnthropicRequest() {}

  static ObjectNode of(ModelRequest request) {
    Parameters parameters = request.prompt().parameters();
    JsonNode options = Json.trusted(parameters.options().json());
    ObjectNode body = Json.newObject();
    own(body, options);
    body.put("model", request.model().value());
    body.put("max_tokens", parameters.maxTokens().orElseGet(() -> maxTokens(options)));
    temperature(body, parameters, options.path("temperature"));
    body.put("stream", parameters.stream());
    AnthropicTurns.write(body, ChatText.messages(request.prompt()));
    tools(body, options.path("tools"));
    choice(body, options);
    stop(body, options.path("stop"));
    format(body, options.path("response_format"));
    account(body, options);
    return body;
  }

  /** As an option says it, in either vendor's word. */
  private static int maxTokens(JsonNode options) {
    int most = options.path("max_completion_tokens").asInt(0);
    return most > 0 ? most : options.path("max_tokens").asInt(USUAL_MAX_TOKENS);
  }

  /** Its range ends at 1, where OpenAI's ends at 2. */
  private static void temperature(ObjectNode body, Parameters parameters, JsonNode option) {
    if (parameters.temperature().isPresent()) {
      body.put("temperature", Math.min(1, parameters.temperature().getAsDouble()));
    } else if (option.isNumber()) {
      body.put("temperature", Math.min(1, option.asDouble()));
    }
  }

  private static void own(ObjectNode body, JsonNode options) {
    for (Map.Entry<String, JsonNode> option : options.properties()) {
      String name = option.getKey();
      if (UNSAYABLE.contains(name) && isAskedFor(option.getValue())) {
        throw new UnsayableException(
            "the option " + name + " can't be asked of an Anthropic model");
      }
      if (name.equals("modalities") && !isTextAlone(option.getValue())) {
        throw new UnsayableException("an Anthropic model answers with text alone");
      }
      boolean openAis =
          WRITTEN.contains(name)
              || HINTS.contains(name)
              || UNSAYABLE.contains(name)
              || name.equals("modalities");
      if (!openAis) {
        body.set(name, option.getValue());
      }
    }
  }

  private static boolean isAskedFor(JsonNode value) {
    return !value.isNull() && !(value.isBoolean() && !value.booleanValue());
  }

  private static boolean isTextAlone(JsonNode modalities) {
    for (JsonNode modality : modalities) {
      if (!modality.asText().equals("text")) {
        return false;
      }
    }
    return true;
  }

  private static void tools(ObjectNode body, JsonNode tools) {
    if (!tools.isArray()) {
      return;
    }
    ArrayNode own = body.putArray("tools");
    tools.forEach(tool -> own.add(tool(tool)));
  }

  private static JsonNode tool(JsonNode tool) {
    if (tool.path("custom").isObject()) {
      throw new UnsayableException("a custom tool can't be sent to an Anthropic model");
    }
    JsonNode function = tool.path("function");
    if (!function.isObject()) {
      return tool;
    }
    ObjectNode own = Json.newObject().put("name", function.path("name").asText(""));
    own.set(
        "input_schema",
        function.has("parameters")
            ? function.get("parameters")
            : Json.newObject().put("type", "object"));
    copy(function, own, "description");
    copy(function, own, "strict");
    copy(tool, own, "cache_control");
    return own;
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    JsonNode value = from.path(name);
    if (!value.isMissingNode() && !value.isNull()) {
      to.set(name, value);
    }
  }

  private static void choice(ObjectNode body, JsonNode options) {
    JsonNode choice = options.path("tool_choice");
    ObjectNode own = body.putObject("tool_choice");
    if (choice.path("function").isObject()) {
      own.put("type", "tool").put("name", choice.path("function").path("name").asText(""));
    } else if (choice.path("custom").isObject() || choice.path("allowed_tools").isObject()) {
      throw new UnsayableException("this tool_choice can't be sent to an Anthropic model");
    } else if (choice instanceof ObjectNode theirs) {
      own.setAll(theirs);
    } else if (choice.isTextual()) {
      own.put(
          "type",
          switch (choice.textValue()) {
            case "required" -> "any";
            case "none" -> "none";
            default -> "auto";
          });
    }
    JsonNode parallel = options.path("parallel_tool_calls");
    boolean one = parallel.isBoolean() && !parallel.booleanValue();
    // Where no tool may be called the member is refused.
    if (one && body.has("tools") && !own.path("type").asText("").equals("none")) {
      own.put("type", own.path("type").asText("auto")).put("disable_parallel_tool_use", true);
    }
    if (own.isEmpty()) {
      body.remove("tool_choice");
    }
  }

  private static void stop(ObjectNode body, JsonNode stop) {
    if (stop.isTextual()) {
      body.putArray("stop_sequences").add(stop);
    } else if (stop.isArray()) {
      body.set("stop_sequences", stop);
    }
  }

  private static void format(ObjectNode body, JsonNode format) {
    switch (format.path("type").asText("text")) {
      case "text" -> {
        // What it does anyway.
      }
      case "json_schema" ->
          body.withObjectProperty("output_config")
              .putObject("format")
              .put("type", "json_schema")
              .set("schema", format.path("json_schema").path("schema"));
      default ->
          throw new UnsayableException(
              "of response_format an Anthropic model takes text and json_schema");
    }
  }

  /** OpenAI's labels are for its own pages; who asks, and in which lane, both want to know. */
  private static void account(ObjectNode body, JsonNode options) {
    JsonNode user = options.path("metadata").path("user_id");
    JsonNode given = user.isTextual() ? user : options.path("user");
    if (given.isTextual()) {
      body.putObject("metadata").set("user_id", given);
    }
    String tier = options.path("service_tier").asText("");
    if (tier.equals("auto") || tier.equals("standard_only")) {
      body.put("service_tier", tier);
    }
  }
}
