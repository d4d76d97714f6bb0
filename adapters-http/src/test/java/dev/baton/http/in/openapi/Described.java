package dev.baton.http.in.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Holds replies against the document of their dialect: no status that is not described, no member
 * that is not, none missing that has to be there, none of another type. Stricter than JSON Schema,
 * to which an undescribed member is no fault. Thread-safe.
 */
public final class Described {
  private final JsonNode document;

  public Described(Dialect dialect) {
    ApiInfo info = new ApiInfo("test", Optional.empty());
    document =
        Json.mapper()
            .valueToTree(
                new DocsDialect(List.of(dialect), info)
                    .document(OpenApiVersion.V3_1, Optional.of(dialect.name())));
  }

  /**
   * Holds a reply against what the document says of this route and status.
   *
   * @param body as it is sent; empty for none
   * @throws AssertionError that names every difference
   */
  public void check(Route route, int status, String body) {
    JsonNode operation =
        document.path("paths").path(route.pattern()).path(route.method().toLowerCase(Locale.ROOT));
    JsonNode response = resolved(operation.path("responses").path(Integer.toString(status)));
    List<String> faults = new ArrayList<>();
    if (response.isMissingNode()) {
      faults.add("the status is not described");
    }
    JsonNode schema = response.path("content").path("application/json").path("schema");
    if (body.isEmpty() != response.path("content").isMissingNode()) {
      faults.add("there is a body, or none, against what is described");
    } else if (!schema.isMissingNode()) {
      check(parsed(body), schema, "", faults);
    }
    if (!faults.isEmpty()) {
      throw new AssertionError(
          route.method() + " " + route.pattern() + " " + status + ": " + faults + "\n" + body);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return Json.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + body, e);
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void check(JsonNode value, JsonNode given, String at, List<String> faults) {
    JsonNode schema = resolved(given);
    if (schema.has("oneOf")) {
      checkEither(value, schema, at, faults);
      return;
    }
    if (schema.has("type") && !hasType(value, schema.get("type"))) {
      faults.add(at + " is not of type " + schema.get("type"));
      return;
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      faults.add(at + " is none of " + schema.get("enum"));
    }
    if (value.isObject()) {
      checkMembers(value, schema, at, faults);
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(value.get(i), schema.path("items"), at + "/" + i, faults);
    }
  }

  private void checkEither(JsonNode value, JsonNode schema, String at, List<String> faults) {
    for (JsonNode option : schema.get("oneOf")) {
      List<String> own = new ArrayList<>();
      check(value, option, at, own);
      if (own.isEmpty()) {
        return;
      }
    }
    faults.add(at + " fits none of " + schema.get("oneOf"));
  }

  private void checkMembers(JsonNode value, JsonNode schema, String at, List<String> faults) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        faults.add(at + "/" + name.asText() + " is missing");
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String place = at + "/" + member.getKey();
      JsonNode described = schema.path("properties").path(member.getKey());
      JsonNode others = schema.path("additionalProperties");
      if (!described.isMissingNode()) {
        check(member.getValue(), described, place, faults);
      } else if (others.isObject()) {
        check(member.getValue(), others, place, faults);
      } else if (schema.has("type") && !others.asBoolean(false)) {
        faults.add(place + " is not described");
      }
    }
  }

  private static boolean hasType(JsonNode value, JsonNode type) {
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (hasType(value, one)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "null" -> value.isNull();
      default -> throw new IllegalStateException("no type: " + type);
    };
  }

  private static boolean contains(JsonNode words, JsonNode value) {
    for (JsonNode word : words) {
      if (word.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
