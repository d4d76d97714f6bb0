package dev.baton.http.in.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.baton.core.usecase.task.Replacement;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A member as a component of a record declares it.
 *
 * @param type of its value, without what says that it may be absent; of a list, that of its items
 * @param container {@code List} or {@code Map} where {@code type} is that of its items
 */
record RecordMember(
    RecordComponent component,
    String name,
    Presence presence,
    Class<?> declared,
    Class<?> type,
    @Nullable Class<?> container) {
  private static final Map<Class<?>, Class<?>> NUMBERS =
      Map.of(
          OptionalInt.class,
          int.class,
          OptionalLong.class,
          long.class,
          OptionalDouble.class,
          double.class);

  /** The members of an object on the wire: those of a component that is unwrapped are its own. */
  static List<RecordMember> flat(Class<?> type) {
    return of(type).stream()
        .flatMap(member -> member.isUnwrapped() ? flat(member.type).stream() : Stream.of(member))
        .toList();
  }

  /** The components of a record. */
  static List<RecordMember> of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalStateException("not a record: " + type);
    }
    return Arrays.stream(components).map(RecordMember::of).toList();
  }

  private static RecordMember of(RecordComponent component) {
    Class<?> declared = component.getType();
    Type type = component.getGenericType();
    Presence presence = Presence.REQUIRED;
    if (NUMBERS.containsKey(declared)) {
      presence = Presence.OPTIONAL;
      type = requireNonNull(NUMBERS.get(declared));
    } else if (declared == Optional.class || declared == Replacement.class) {
      presence = declared == Optional.class ? Presence.OPTIONAL : Presence.REPLACEABLE;
      type = argument(type, 0);
    } else if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      presence = Presence.NULLABLE;
    }
    Class<?> container = null;
    if (raw(type) == List.class || raw(type) == Map.class) {
      container = raw(type);
      type = argument(type, container == List.class ? 0 : 1);
    }
    return new RecordMember(component, name(component), presence, declared, raw(type), container);
  }

  private static String name(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null ? component.getName() : property.value();
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }

  <A extends Annotation> Optional<A> annotation(Class<A> kind) {
    return Optional.ofNullable(component.getAnnotation(kind));
  }

  /** Whether the members of its value stand in its place. */
  boolean isUnwrapped() {
    return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
  }

  boolean isList() {
    return container == List.class;
  }

  boolean isMap() {
    return container == Map.class;
  }

  /** The bounds, which a member that is read has to have. */
  Bounds bounds() {
    return annotation(Bounds.class)
        .orElseThrow(() -> new IllegalStateException("without bounds: " + this));
  }

  /** The words that its texts may be; empty where they may be any. */
  List<String> words() {
    return type.isEnum() && TextType.of(type).isEmpty() ? words(type) : List.of();
  }

  /** The words of an enum. */
  static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> word((Enum<?>) constant))
        .toList();
  }

  /** How its objects are declared, if not by a record. */
  Optional<Declared.Declaration> declaration() {
    return annotation(Declared.class).map(declared -> made(declared.value()));
  }

  private static <T> T made(Class<T> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no constructor without arguments: " + type, e);
    }
  }

  /** An enum's constant as the wire has it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return component.getDeclaringRecord().getSimpleName() + "." + name;
  }
}
