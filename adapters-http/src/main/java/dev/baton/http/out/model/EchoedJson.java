package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.domain.prompt.Options;
import dev.baton.http.out.upstream.Json;
import java.util.Optional;

/** What echo answers to those who want JSON: the smallest thing that fits the schema. */
final class EchoedJson {
  private static final int DEPTH_MAX = 32;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String said;

  private EchoedJson(String said) {
    this.said = said;
  }

  /** Empty when no JSON is asked for. */
  static Optional<String> of(Options options, String said) {
    if (options.isEmpty()) {
      return Optional.empty();
    }
    JsonNode format = Json.trusted(options.json()).path("response_format");
    return switch (format.path("type").asText("")) {
      case "json_schema" ->
          Optional.of(
              Json.text(
                  new EchoedJson(said).fitting(format.path("json_schema").path("schema"), 0)));
      case "json_object" ->
          Optional.of(Json.text(Json.newObject().put("provider", "baton-echo").put("echo", said)));
      default -> Optional.empty();
    };
  }

  private JsonNode fitting(JsonNode schema, int depth) {
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.path("enum").isArray() && !schema.get("enum").isEmpty()) {
      return schema.get("enum").get(0);
    }
    JsonNode type = schema.path("type");
    String name = type.isArray() && !type.isEmpty() ? type.get(0).asText() : type.asText("object");
    return switch (name) {
      case "string" -> NODES.textNode(said);
      case "integer", "number" -> NODES.numberNode(schema.path("minimum").asLong(0));
      case "boolean" -> NODES.booleanNode(false);
      case "null" -> NODES.nullNode();
      case "array" -> array(schema, depth);
      default -> object(schema, depth);
    };
  }

  private JsonNode array(JsonNode schema, int depth) {
    ArrayNode array = NODES.arrayNode();
    if (schema.path("minItems").asInt(0) > 0 && depth < DEPTH_MAX) {
      array.add(fitting(schema.path("items"), depth + 1));
    }
    return array;
  }

  private JsonNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    if (depth < DEPTH_MAX) {
      schema
          .path("properties")
          .properties()
          .forEach(entry -> object.set(entry.getKey(), fitting(entry.getValue(), depth + 1)));
    }
    return object;
  }
}
