package dev.baton.http.in.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.http.in.api.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the schemas of records and enums, in the words of OpenAPI 3.1, from what their declarations
 * say. Nothing is looked at before a document is asked for.
 */
public final class Components {
  private static final String DESCRIPTION = "description";

  private Components() {}

  /**
   * The component of a record, a sealed interface of records or an enum, which is named as its
   * {@link Doc} or its class.
   */
  public static Component of(Class<?> type) {
    Doc doc = type.getAnnotation(Doc.class);
    String name = doc == null || doc.name().isEmpty() ? ownName(type) : doc.name();
    return new Component(name, type, () -> schema(type));
  }

  /** A type within another has no telling name alone. */
  private static String ownName(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return (outer == null ? "" : outer.getSimpleName()) + type.getSimpleName();
  }

  private static Map<String, Object> schema(Class<?> type) {
    if (type.isEnum()) {
      return words(type);
    }
    return type.isSealed() ? either(type) : object(RecordMember.flat(type), type, true);
  }

  /** What any of a sealed interface's records holds: which it is, no member says. */
  private static Map<String, Object> either(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      for (RecordMember member : RecordMember.flat(permitted)) {
        properties.merge(member.name(), member(member), Components::shared);
      }
    }
    Map<String, Object> schema = described(type);
    schema.put("type", "object");
    schema.put("properties", properties);
    return schema;
  }

  /** A member that two records have; of two types, it may be anything. */
  private static Object shared(Object known, Object other) {
    Map<?, ?> one = (Map<?, ?>) known;
    Map<?, ?> two = (Map<?, ?>) other;
    boolean same =
        Objects.equals(one.get("type"), two.get("type"))
            && Objects.equals(one.get("$ref"), two.get("$ref"));
    return same ? known : Map.of(DESCRIPTION, text(one) + " Or: " + text(two));
  }

  /** What is said of a member, with its type. */
  private static String text(Map<?, ?> schema) {
    return "%s (%s)".formatted(schema.get(DESCRIPTION), schema.get("type"));
  }

  /** A reference to it, as a schema. */
  public static Map<String, Object> ref(Class<?> type) {
    return of(type).ref();
  }

  private static Map<String, Object> words(Class<?> type) {
    Map<String, Object> schema = described(type);
    schema.put("type", "string");
    schema.put("enum", RecordMember.words(type));
    return schema;
  }

  private static Map<String, Object> described(Class<?> type) {
    Map<String, Object> schema = new LinkedHashMap<>();
    Doc doc = type.getAnnotation(Doc.class);
    if (doc != null && !doc.value().isEmpty()) {
      schema.put(DESCRIPTION, doc.value());
    }
    return schema;
  }

  private static Map<String, Object> object(
      List<RecordMember> members, Class<?> type, boolean closed) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordMember member : members) {
      properties.merge(member.name(), member(member), Components::shared);
      if (member.presence() == Presence.REQUIRED || member.presence() == Presence.NULLABLE) {
        required.add(member.name());
      }
    }
    Map<String, Object> schema = described(type);
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!closed) {
      schema.put("additionalProperties", true);
    }
    return schema;
  }

  private static Map<String, Object> member(RecordMember member) {
    Map<String, Object> schema = contained(member);
    boolean nullable =
        member.presence() == Presence.NULLABLE || member.presence() == Presence.REPLACEABLE;
    Map<String, Object> whole = nullable ? nullable(schema) : schema;
    member
        .annotation(Doc.class)
        .ifPresent(
            doc -> {
              whole.put(DESCRIPTION, doc.value());
              if (!doc.example().isEmpty()) {
                whole.put("example", json(doc.example()));
              }
            });
    return whole;
  }

  private static Map<String, Object> nullable(Map<String, Object> schema) {
    Map<String, Object> whole = new LinkedHashMap<>(schema);
    if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
      whole.put("type", List.of(type, "null"));
      return whole;
    }
    Map<String, Object> either = new LinkedHashMap<>();
    either.put("oneOf", List.of(whole, Map.of("type", "null")));
    return either;
  }

  private static Map<String, Object> contained(RecordMember member) {
    Map<String, Object> value = value(member);
    if (member.isList()) {
      Map<String, Object> list = new LinkedHashMap<>();
      list.put("type", "array");
      list.put("items", value);
      member.annotation(Bounds.class).ifPresent(bounds -> bound(list, bounds, "Items"));
      return list;
    }
    if (member.isMap()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", "object");
      map.put("additionalProperties", value);
      return map;
    }
    return value;
  }

  private static Map<String, Object> value(RecordMember member) {
    Class<?> type = member.type();
    Optional<TextType<?>> text = TextType.of(type);
    if (text.isPresent()) {
      return new LinkedHashMap<>(text.get().schema());
    }
    if (type == RawObject.class || type == RawArray.class) {
      return raw(member);
    }
    if (type == JsonValues.class) {
      return new LinkedHashMap<>(member.declaration().orElseThrow().schema());
    }
    if (type.isRecord() || type.isEnum() || type.isSealed()) {
      return new LinkedHashMap<>(ref(type));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    if (JsonNode.class.isAssignableFrom(type)) {
      return schema; // of any kind
    }
    Bounds bounds = member.annotation(Bounds.class).orElse(null);
    if (type == String.class) {
      schema.put("type", "string");
      if (bounds != null) {
        text(schema, member, bounds);
      }
      return schema;
    }
    schema.put("type", typeName(member));
    if (type == long.class || type == Long.class) {
      schema.put("format", "int64");
    }
    if (bounds != null && member.container() == null) {
      schema.put("minimum", bounds.min());
      schema.put("maximum", bounds.max());
    }
    return schema;
  }

  private static void text(Map<String, Object> schema, RecordMember member, Bounds bounds) {
    if (!bounds.pattern().isEmpty()) {
      schema.put("pattern", bounds.pattern());
    }
    if (!member.isList()) {
      bound(schema, bounds, "Length");
    } else if (bounds.each() > 0) {
      schema.put("maxLength", bounds.each());
    }
  }

  private static void bound(Map<String, Object> schema, Bounds bounds, String of) {
    if (bounds.min() > 0) {
      schema.put("min" + of, bounds.min());
    }
    schema.put("max" + of, bounds.max());
  }

  private static Map<String, Object> raw(RecordMember member) {
    Optional<Holds> held = member.annotation(Holds.class);
    Map<String, Object> item =
        held.map(holds -> holds.more() ? openRef(holds.value()) : ref(holds.value()))
            .orElse(Map.of());
    Map<String, Object> schema = new LinkedHashMap<>();
    if (member.type() == RawArray.class) {
      schema.put("type", "array");
      schema.put("items", item);
    } else if (held.isPresent()) {
      schema.putAll(item);
    } else {
      schema.put("type", "object");
      schema.put("additionalProperties", true);
    }
    return schema;
  }

  /** A reference to the component of a record that may have other members, too. */
  public static Map<String, Object> openRef(Class<?> type) {
    Component closed = of(type);
    return new Component(closed.name(), type, () -> object(RecordMember.flat(type), type, false))
        .ref();
  }

  private static String typeName(RecordMember member) {
    Class<?> type = member.type();
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == double.class || type == Double.class || type == Duration.class) {
      return "number";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "integer";
    }
    throw new IllegalStateException(member + " is of no type that is known here: " + type);
  }

  private static @Nullable Object json(String example) {
    try {
      return Json.mapper().readValue(example, Object.class);
    } catch (JsonProcessingException e) {
      return example;
    }
  }
}
