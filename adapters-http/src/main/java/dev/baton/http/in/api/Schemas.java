package dev.baton.http.in.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schema in the words that OpenAPI 3.0 and 3.1 share. */
public final class Schemas {

  /** The characters of a name, as a pattern of JSON Schema. */
  public static final String NAME = "^[A-Za-z0-9._:-]+$";

  private Schemas() {}

  public static Map<String, Object> string() {
    return Map.of("type", "string");
  }

  public static Map<String, Object> string(String description) {
    return typed("string", description);
  }

  public static Map<String, Object> string(String description, int minLength, int maxLength) {
    return with(with(string(description), "minLength", minLength), "maxLength", maxLength);
  }

  /** An id or the name of a queue or a worker; the description may be empty. */
  public static Map<String, Object> name(String description, int maxLength) {
    Map<String, Object> text = description.isEmpty() ? string() : string(description);
    return with(with(with(text, "minLength", 1), "maxLength", maxLength), "pattern", NAME);
  }

  public static Map<String, Object> integer(String description, long minimum, long maximum) {
    Map<String, Object> whole =
        with(with(typed("integer", description), "minimum", minimum), "maximum", maximum);
    return maximum > Integer.MAX_VALUE ? with(whole, "format", "int64") : whole;
  }

  public static Map<String, Object> bool(String description) {
    return typed("boolean", description);
  }

  /** An object with any members. */
  public static Map<String, Object> anyObject(String description) {
    return with(typed("object", description), "additionalProperties", true);
  }

  /** An object with these members, in this order, of which {@code required} must be there. */
  public static Map<String, Object> object(
      Map<String, ? extends Map<String, Object>> properties, List<String> required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  public static Map<String, Object> array(Map<String, Object> items, int maxItems) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", items);
    schema.put("maxItems", maxItems);
    return schema;
  }

  /** A copy of the schema that says one thing more: a default, a format, an example. */
  public static Map<String, Object> with(Map<String, Object> schema, String key, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(schema);
    copy.put(key, value);
    return copy;
  }

  private static Map<String, Object> typed(String type, String description) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", type);
    schema.put("description", description);
    return schema;
  }
}
