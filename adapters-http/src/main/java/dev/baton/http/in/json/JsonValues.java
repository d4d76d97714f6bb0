package dev.baton.http.in.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One object as its {@link JsonShape} read it. Asking for a member under a name or kind that the
 * shape does not declare is a bug.
 */
public final class JsonValues {
  private static final int IGNORED_MAX = 20;
  private static final Object NULL = new Object();

  private final JsonShape shape;
  private final @Nullable Object[] values;
  private List<String> ignored = List.of();
  private List<String> ignoredAnywhere = List.of();
  private Map<String, String> others = Map.of();

  JsonValues(JsonShape shape) {
    this.shape = shape;
    this.values = new @Nullable Object[shape.size()];
  }

  /** A text, a word, or a raw object or array as it was sent. */
  public Optional<String> text(String name) {
    return Optional.ofNullable((String) value(name));
  }

  /** A text that the shape requires. */
  public String requiredText(String name) {
    Object value = value(name);
    if (value == null) {
      throw new IllegalStateException("not required by its shape: " + name);
    }
    return (String) value;
  }

  public OptionalLong integer(String name) {
    Object value = value(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
  }

  public OptionalDouble number(String name) {
    Object value = value(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
  }

  public boolean bool(String name, boolean absent) {
    Object value = value(name);
    return value == null ? absent : (Boolean) value;
  }

  public Optional<JsonValues> object(String name) {
    return Optional.ofNullable((JsonValues) value(name));
  }

  /** The items of an array of objects; empty when it is absent, too. */
  @SuppressWarnings("unchecked") // only JsonReader writes values, by the kind of the member
  public List<JsonValues> objects(String name) {
    Object value = value(name);
    return value == null ? List.of() : (List<JsonValues>) value;
  }

  /** The items of an array of texts; empty when it is absent, too. */
  @SuppressWarnings("unchecked") // only JsonReader writes values, by the kind of the member
  public List<String> texts(String name) {
    Object value = value(name);
    return value == null ? List.of() : (List<String>) value;
  }

  public boolean has(String name) {
    return value(name) != null;
  }

  /** Whether it was sent as an explicit {@code null}, which otherwise counts as absent. */
  public boolean isNull(String name) {
    return values[index(name)] == NULL;
  }

  /**
   * JSON pointers to unknown members at any depth, the first 20 of them; to be asked of a body as a
   * whole, not of an object in it.
   */
  public List<String> ignoredAnywhere() {
    return ignoredAnywhere;
  }

  /** The names of unknown members, the first 20 of them. */
  public List<String> ignored() {
    return ignored;
  }

  void set(int index, Object value) {
    values[index] = value;
  }

  void setNull(int index) {
    values[index] = NULL;
  }

  /** Unknown members with their values as JSON, where the shape keeps them. */
  public Map<String, String> others() {
    return others;
  }

  void keep(String name, String json) {
    if (others.isEmpty()) {
      others = new LinkedHashMap<>();
    }
    others.put(name, json);
  }

  void ignoredAnywhere(List<String> pointers) {
    ignoredAnywhere = List.copyOf(pointers);
  }

  boolean isSet(int index) {
    return values[index] != null;
  }

  void ignore(String name) {
    if (ignored.isEmpty()) {
      ignored = new ArrayList<>();
    }
    if (ignored.size() < IGNORED_MAX) {
      ignored.add(name);
    }
  }

  /** Of any kind; null when it is absent. */
  @Nullable Object value(String name) {
    Object value = values[index(name)];
    return value == NULL ? null : value;
  }

  private int index(String name) {
    int index = shape.index(name);
    if (index < 0) {
      throw new IllegalStateException("not in the shape: " + name);
    }
    return index;
  }
}
