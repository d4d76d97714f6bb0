package dev.baton.http.in.openapi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rewrites a document of OpenAPI 3.1 for readers of 3.0, which has other words for null. */
final class Downgrade {
  private static final Map<String, Object> NULL = Map.of("type", "null");

  private Downgrade() {}

  static Map<String, Object> of(Map<?, ?> node) {
    Map<String, Object> rewritten = new LinkedHashMap<>();
    node.forEach(
        (key, value) ->
            rewritten.put((String) key, key.equals("example") ? value : rewritten(value)));
    nullableType(rewritten);
    nullableChoice(rewritten);
    if (rewritten.size() > 1 && rewritten.get("$ref") instanceof String ref) {
      rewritten.remove("$ref");
      rewritten.put("allOf", List.of(Map.of("$ref", ref)));
    }
    return rewritten;
  }

  private static Object rewritten(Object value) {
    if (value instanceof Map<?, ?> map) {
      return of(map);
    }
    return value instanceof Collection<?> items
        ? items.stream().map(Downgrade::rewritten).toList()
        : value;
  }

  private static void nullableType(Map<String, Object> schema) {
    if (schema.get("type") instanceof List<?> types) {
      schema.put(
          "type", types.stream().filter(type -> !type.equals("null")).findFirst().orElseThrow());
      schema.put("nullable", true);
    }
  }

  private static void nullableChoice(Map<String, Object> schema) {
    if (schema.get("oneOf") instanceof List<?> choice && choice.contains(NULL)) {
      schema.remove("oneOf");
      schema.put("allOf", choice.stream().filter(option -> !option.equals(NULL)).toList());
      schema.put("nullable", true);
    }
  }
}
