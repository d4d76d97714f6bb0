package dev.baton.http.in.openapi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rewrites a document of OpenAPI 3.1 for readers of 3.0, which has other words for null. */
final class Downgrade {
  private static final Map<String, Object> NULL = Map.of("type", "null");

  private final Map<?, ?> schemas;

  private Downgrade(Map<?, ?> schemas) {
    this.schemas = schemas;
  }

  static Map<String, Object> of(Map<String, Object> document) {
    Map<?, ?> components = (Map<?, ?>) document.getOrDefault("components", Map.of());
    Object schemas = components.get("schemas");
    return new Downgrade(schemas instanceof Map<?, ?> known ? known : Map.of()).rewrite(document);
  }

  private Map<String, Object> rewrite(Map<?, ?> node) {
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

  private Object rewritten(Object value) {
    if (value instanceof Map<?, ?> map) {
      return rewrite(map);
    }
    return value instanceof Collection<?> items
        ? items.stream().map(this::rewritten).toList()
        : value;
  }

  private static void nullableType(Map<String, Object> schema) {
    if (schema.get("type") instanceof List<?> types) {
      schema.put(
          "type", types.stream().filter(type -> !type.equals("null")).findFirst().orElseThrow());
      schema.put("nullable", true);
    }
  }

  private void nullableChoice(Map<String, Object> schema) {
    if (schema.get("oneOf") instanceof List<?> choice && choice.contains(NULL)) {
      List<?> others = choice.stream().filter(option -> !option.equals(NULL)).toList();
      schema.remove("oneOf");
      schema.put("type", type(others.get(0)));
      schema.put("allOf", others);
      schema.put("nullable", true);
    }
  }

  /** In 3.0, what may be null has to have a type of its own. */
  private Object type(Object schema) {
    String ref = String.valueOf(((Map<?, ?>) schema).get("$ref"));
    Object target = schemas.get(ref.substring(ref.lastIndexOf('/') + 1));
    Object type = target instanceof Map<?, ?> known ? known.get("type") : null;
    return type == null ? "object" : type;
  }
}
