package dev.baton.http.in.openapi;

import static java.util.Objects.requireNonNull;

import dev.baton.http.in.api.Component;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a document says once and refers to. Not thread-safe. */
final class DocumentComponents {
  private static final String REF = "$ref";

  private final Map<String, Component> schemas = new HashMap<>();
  private final Deque<Component> unwritten = new ArrayDeque<>();
  private final Map<String, Map<String, Object>> written = new TreeMap<>();

  /**
   * The node with its components referred to by name, which are written as well.
   *
   * @throws IllegalStateException if two components of different origin share a name
   */
  Object resolved(Object node) {
    if (node instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach(
          (key, value) ->
              copy.put(
                  (String) key,
                  key.equals(REF) && value instanceof Component component
                      ? named(component)
                      : resolved(value)));
      return copy;
    }
    return node instanceof Collection<?> items ? items.stream().map(this::resolved).toList() : node;
  }

  private String named(Component component) {
    Component known = schemas.putIfAbsent(component.name(), component);
    if (known == null) {
      unwritten.add(component);
    } else if (!known.equals(component)) {
      throw new IllegalStateException(
          "two schemas are named "
              + component.name()
              + ": "
              + known.origin()
              + " and "
              + component.origin());
    }
    return "#/components/schemas/" + component.name();
  }

  /** A reference to what {@code made} makes, under this name in a group of components. */
  Map<String, Object> shared(String group, String name, Supplier<Map<String, Object>> made) {
    Map<String, Object> members = written.computeIfAbsent(group, key -> new TreeMap<>());
    if (!members.containsKey(name)) {
      members.put(name, made.get());
    }
    return Map.of(REF, "#/components/" + group + "/" + name);
  }

  /** All that was referred to. */
  Map<String, Object> written() {
    Map<String, Object> all = new TreeMap<>();
    while (!unwritten.isEmpty()) {
      Component next = unwritten.remove();
      all.put(next.name(), resolved(requireNonNull(next.schema().get())));
    }
    Map<String, Object> components = new TreeMap<>(written);
    if (!all.isEmpty()) {
      components.put("schemas", all);
    }
    return components;
  }
}
