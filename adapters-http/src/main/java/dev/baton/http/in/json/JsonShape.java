package dev.baton.http.in.json;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which members a JSON object may have, and of which kind: declared once, then read from bodies in
 * a single pass without a tree. An explicit {@code null} counts as absent, unless the member is
 * required. Unknown members are passed over and reported by {@link JsonValues#ignored}. Immutable,
 * thread-safe.
 */
public final class JsonShape {

  enum Kind {
    TEXT,
    LARGE_TEXT,
    WORD,
    INTEGER,
    NUMBER,
    BOOL,
    RAW_OBJECT,
    RAW_ARRAY,
    OBJECT,
    OBJECTS,
    TEXTS,
    ANY
  }

  record Member(
      String name, Kind kind, long min, long max, @Nullable JsonShape shape, List<String> words) {
    Member(String name, Kind kind, long min, long max, @Nullable JsonShape shape) {
      this(name, kind, min, max, shape, List.of());
    }

    JsonShape nested() {
      if (shape == null) {
        throw new IllegalStateException(name + " has no shape of its own");
      }
      return shape;
    }
  }

  private final Map<String, Integer> indices = new HashMap<>();
  private final List<Member> members;
  private final boolean[] required;
  private final boolean keepsOthers;

  private JsonShape(Builder from) {
    members = List.copyOf(from.members);
    keepsOthers = from.keepsOthers;
    required = new boolean[members.size()];
    for (int i = 0; i < required.length; i++) {
      String name = members.get(i).name();
      if (indices.put(name, i) != null) {
        throw new IllegalStateException("declared twice: " + name);
      }
      required[i] = from.required.contains(name);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  int index(String name) {
    Integer index = indices.get(name);
    return index == null ? -1 : index;
  }

  Member member(int index) {
    return members.get(index);
  }

  int size() {
    return required.length;
  }

  boolean keepsOthers() {
    return keepsOthers;
  }

  boolean isRequired(int index) {
    return required[index];
  }

  boolean isNullable(int index) {
    return !required[index] && members.get(index).kind() != Kind.ANY;
  }

  /** Declares members in the order in which errors are to be listed; not thread-safe. */
  public static final class Builder {
    private final List<Member> members = new ArrayList<>();
    private final List<String> required = new ArrayList<>();
    private boolean keepsOthers;

    private Builder() {}

    /** Unknown members are kept as they were sent: see {@link JsonValues#others}. */
    @CanIgnoreReturnValue
    public Builder keepingOthers() {
      keepsOthers = true;
      return this;
    }

    /** A string; one that is longer than this many UTF-16 units is a wrong value. */
    @CanIgnoreReturnValue
    public Builder text(String name, int maxLength) {
      return add(new Member(name, Kind.TEXT, 0, maxLength, null));
    }

    /** A string; one that is larger than this many UTF-8 bytes makes the payload too large. */
    @CanIgnoreReturnValue
    public Builder largeText(String name, long maxBytes) {
      return add(new Member(name, Kind.LARGE_TEXT, 0, maxBytes, null));
    }

    /** A whole number without a fraction, in this range. */
    @CanIgnoreReturnValue
    public Builder integer(String name, long min, long max) {
      return add(new Member(name, Kind.INTEGER, min, max, null));
    }

    /** A number with or without a fraction, in this range. */
    @CanIgnoreReturnValue
    public Builder number(String name, long min, long max) {
      return add(new Member(name, Kind.NUMBER, min, max, null));
    }

    /** A string that is one of these. */
    @CanIgnoreReturnValue
    public Builder word(String name, List<String> words) {
      return add(new Member(name, Kind.WORD, 0, 0, null, List.copyOf(words)));
    }

    /** A value of any kind, {@code null} too, that is only asked whether it is there. */
    @CanIgnoreReturnValue
    public Builder any(String name) {
      return add(new Member(name, Kind.ANY, 0, 0, null));
    }

    @CanIgnoreReturnValue
    public Builder bool(String name) {
      return add(new Member(name, Kind.BOOL, 0, 0, null));
    }

    /** An object that is kept as the text that was sent, at most this many bytes of it. */
    @CanIgnoreReturnValue
    public Builder rawObject(String name, long maxBytes) {
      return add(new Member(name, Kind.RAW_OBJECT, 0, maxBytes, null));
    }

    /** An array that is kept as the text that was sent, at most this many bytes of it. */
    @CanIgnoreReturnValue
    public Builder rawArray(String name, long maxBytes) {
      return add(new Member(name, Kind.RAW_ARRAY, 0, maxBytes, null));
    }

    @CanIgnoreReturnValue
    public Builder object(String name, JsonShape shape) {
      return add(new Member(name, Kind.OBJECT, 0, 0, shape));
    }

    /** An array of at most this many objects of one shape. */
    @CanIgnoreReturnValue
    public Builder objects(String name, JsonShape shape, int maxItems) {
      return add(new Member(name, Kind.OBJECTS, 0, maxItems, shape));
    }

    /** An array of at most this many strings, none longer than this many UTF-16 units. */
    @CanIgnoreReturnValue
    public Builder texts(String name, int maxItems, int maxLength) {
      JsonShape item = builder().text("item", maxLength).build();
      return add(new Member(name, Kind.TEXTS, 0, maxItems, item));
    }

    @CanIgnoreReturnValue
    public Builder require(String... names) {
      required.addAll(List.of(names));
      return this;
    }

    public JsonShape build() {
      return new JsonShape(this);
    }

    private Builder add(Member member) {
      members.add(member);
      return this;
    }
  }
}
