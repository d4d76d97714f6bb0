package dev.baton.http.in.openapi;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of lists and maps that a request may leave out that they may be null, which every body takes
 * for left out. Clients generated for Java send an empty one otherwise, and that is another thing:
 * an empty list of messages is refused, and empty metadata replace those that a task has.
 */
final class RequestNulls {
  private final Map<?, ?> schemas;
  private final Set<Object> seen = new HashSet<>();

  private RequestNulls(Map<?, ?> schemas) {
    this.schemas = schemas;
  }

  /** Changes the schemas that the bodies of a document's requests refer to, in place. */
  static void allow(Map<String, Object> document) {
    Object known = member(document, "components").get("schemas");
    RequestNulls nulls = new RequestNulls(known instanceof Map<?, ?> schemas ? schemas : Map.of());
    member(document, "paths").values().stream()
        .flatMap(path -> ((Map<?, ?>) path).values().stream())
        .map(operation -> ((Map<?, ?>) operation).get("requestBody"))
        .forEach(nulls::visit);
  }

  private static Map<?, ?> member(Map<String, Object> document, String name) {
    return (Map<?, ?>) requireNonNull(document.get(name));
  }

  private void visit(@Nullable Object node) {
    if (node instanceof Collection<?> items) {
      items.forEach(this::visit);
    } else if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (!key.equals("example")) {
              visit(value);
            }
          });
      if (map.get("$ref") instanceof String ref && seen.add(ref)) {
        visit(requireNonNull(schemas.get(ref.substring(ref.lastIndexOf('/') + 1))));
      }
      if (map.get("properties") instanceof Map<?, ?> properties) {
        Collection<?> required = (Collection<?>) map.get("required");
        properties.forEach(
            (name, property) -> {
              if (required == null || !required.contains(name)) {
                allow(property);
              }
            });
      }
    }
  }

  @SuppressWarnings("unchecked") // schemas are maps of this type
  private static void allow(Object property) {
    Map<String, Object> schema = (Map<String, Object>) property;
    if (schema.get("type") instanceof String type
        && (type.equals("array") || schema.containsKey("additionalProperties"))) {
      schema.put("type", List.of(type, "null"));
    }
  }
}
