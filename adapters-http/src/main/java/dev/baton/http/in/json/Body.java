package dev.baton.http.in.json;

import com.google.common.base.Suppliers;
import dev.baton.core.usecase.task.Replacement;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Problems;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request body that a record declares, see the package's description. Its members are looked at
 * when the first body is read or its schema asked for. Thread-safe.
 */
public final class Body<T extends Record> {
  private static final List<Object> ROOT = List.of("body");

  private final Class<T> type;
  private final Supplier<Binding> binding;

  /** The record's members, those of the records in it, and how it is made. */
  private record Binding(
      List<RecordMember> members,
      JsonShape shape,
      Map<String, Binding> nested,
      Constructor<?> constructor,
      Optional<Change> change) {}

  private Body(Class<T> type) {
    this.type = type;
    this.binding = Suppliers.memoize(() -> binding(type));
  }

  public static <T extends Record> Body<T> of(Class<T> type) {
    return new Body<>(type);
  }

  /** A reference to the schema of the record. */
  public Map<String, Object> schema() {
    return Components.ref(type);
  }

  /** The shape that bodies are read by; what is read may also be asked for member by member. */
  public JsonShape shape() {
    return binding.get().shape();
  }

  /**
   * The record that a body's values make.
   *
   * @throws FieldErrors with all that is wrong with them
   */
  public T bind(JsonValues values) {
    return type.cast(bind(binding.get(), values, ROOT));
  }

  private static Binding binding(Class<?> type) {
    List<RecordMember> members = RecordMember.of(type);
    Optional<Change> change = Optional.ofNullable(type.getAnnotation(Change.class));
    JsonShape.Builder shape = JsonShape.builder();
    Map<String, Binding> nested = new HashMap<>();
    members.stream()
        .filter(member -> member.type().isRecord() && TextType.of(member.type()).isEmpty())
        .filter(member -> !isRaw(member))
        .forEach(member -> nested.put(member.name(), binding(member.type())));
    declare(shape, members, nested);
    change.ifPresent(rules -> Arrays.stream(rules.immutable()).forEach(shape::any));
    return new Binding(members, shape.build(), nested, constructor(type), change);
  }

  private static void declare(
      JsonShape.Builder shape, List<RecordMember> members, Map<String, Binding> nested) {
    for (RecordMember member : members) {
      Binding inner = nested.get(member.name());
      if (member.isUnwrapped() && inner != null) {
        declare(shape, inner.members(), inner.nested());
        continue;
      }
      declare(
          shape,
          member,
          inner == null
              ? member.declaration().map(Declared.Declaration::shape).orElse(null)
              : inner.shape());
      if (member.presence() == Presence.REQUIRED) {
        shape.require(member.name());
      }
    }
  }

  private static Constructor<?> constructor(Class<?> type) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its canonical constructor", e);
    }
  }

  private static boolean isRaw(RecordMember member) {
    return member.type() == RawObject.class || member.type() == RawArray.class;
  }

  private static void declare(
      JsonShape.Builder shape, RecordMember member, @Nullable JsonShape within) {
    String name = member.name();
    Class<?> type = member.type();
    if (within != null) {
      if (member.isList()) {
        shape.objects(name, within, (int) member.bounds().max());
      } else {
        shape.object(name, within);
      }
    } else if (member.isList()) {
      int each = TextType.of(type).map(TextType::max).orElseGet(() -> member.bounds().each());
      shape.texts(name, (int) member.bounds().max(), each);
    } else if (!member.words().isEmpty()) {
      shape.word(name, member.words());
    } else if (type == String.class && member.bounds().bytes()) {
      shape.largeText(name, member.bounds().max());
    } else if (type == String.class) {
      shape.text(name, (int) member.bounds().max());
    } else if (type == RawObject.class) {
      shape.rawObject(name, member.bounds().max());
    } else if (type == RawArray.class) {
      shape.rawArray(name, member.bounds().max());
    } else if (type == boolean.class || type == Boolean.class) {
      shape.bool(name);
    } else if (type == double.class || type == Double.class) {
      shape.number(name, member.bounds().min(), member.bounds().max());
    } else if (TextType.of(type).isPresent()) {
      shape.text(name, TextType.of(type).get().max());
    } else {
      shape.integer(name, member.bounds().min(), member.bounds().max());
    }
  }

  private static Object bind(Binding binding, JsonValues values, List<Object> place) {
    binding.change().ifPresent(rules -> check(rules, binding.members(), values, place));
    Problems problems = new Problems();
    @Nullable Object[] arguments = new @Nullable Object[binding.members().size()];
    for (int i = 0; i < arguments.length; i++) {
      RecordMember member = binding.members().get(i);
      Binding nested = binding.nested().get(member.name());
      if (member.isUnwrapped() && nested != null) {
        arguments[i] = problems.reading(() -> bind(nested, values, place)).orElse(null);
        continue;
      }
      Object value = values.value(member.name());
      List<Object> loc = loc(place, member.name());
      Optional<Object> read =
          value == null
              ? Optional.empty()
              : problems.reading(() -> read(member, value, nested, loc));
      arguments[i] = wrapped(member, values.isNull(member.name()), read);
    }
    problems.check();
    return made(binding.constructor(), arguments, place);
  }

  private static void check(
      Change rules, List<RecordMember> members, JsonValues values, List<Object> place) {
    Fields fields = new Fields(values, place);
    fields.refuseChange(List.of(rules.immutable()));
    fields.refuseNull(
        members.stream()
            .filter(member -> member.presence() != Presence.REPLACEABLE && !member.isList())
            .map(RecordMember::name)
            .toList());
  }

  private static List<Object> loc(List<Object> place, Object step) {
    List<Object> loc = new ArrayList<>(place);
    loc.add(step);
    return loc;
  }

  private static Object read(
      RecordMember member, Object value, @Nullable Binding nested, List<Object> loc) {
    if (!member.isList()) {
      return one(member, value, nested, loc);
    }
    List<Object> items = new ArrayList<>();
    Problems problems = new Problems();
    int index = 0;
    for (Object item : (List<?>) value) {
      List<Object> place = loc(loc, index++);
      problems.reading(() -> one(member, item, nested, place)).ifPresent(items::add);
    }
    problems.check();
    return List.copyOf(items);
  }

  private static Object one(
      RecordMember member, Object value, @Nullable Binding nested, List<Object> loc) {
    Class<?> type = member.type();
    if (value instanceof JsonValues object && nested != null) {
      return bind(nested, object, loc);
    }
    if (value instanceof Long number) {
      return type == int.class || type == Integer.class ? (Object) number.intValue() : number;
    }
    if (!(value instanceof String text)) {
      return value;
    }
    Optional<TextType<?>> special = TextType.of(type);
    if (special.isPresent()) {
      return special.get().reader().read(text, loc);
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    if (type == RawObject.class) {
      return new RawObject(text);
    }
    return type == RawArray.class ? new RawArray(text) : text;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the type of an enum that is known as Class<?>
  private static Object constant(Class<?> type, String word) {
    return Enum.valueOf((Class) type, word.toUpperCase(Locale.ROOT));
  }

  /** As the component has it; a required value that is wrong is null, and reported. */
  private static @Nullable Object wrapped(
      RecordMember member, boolean isNull, Optional<Object> value) {
    Class<?> declared = member.declared();
    if (declared == Optional.class) {
      return value;
    }
    if (declared == Replacement.class) {
      return isNull ? Replacement.removal() : Replacement.given(value);
    }
    if (declared == OptionalInt.class) {
      return value.map(n -> OptionalInt.of((Integer) n)).orElse(OptionalInt.empty());
    }
    if (declared == OptionalLong.class) {
      return value.map(n -> OptionalLong.of((Long) n)).orElse(OptionalLong.empty());
    }
    if (declared == OptionalDouble.class) {
      return value.map(n -> OptionalDouble.of((Double) n)).orElse(OptionalDouble.empty());
    }
    return value.orElse(null);
  }

  /** What a constructor refuses it names by the members of its record. */
  private static Object made(
      Constructor<?> constructor, @Nullable Object[] arguments, List<Object> place) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof FieldErrors wrong) {
        throw new FieldErrors(
            wrong.code(), wrong.errors().stream().map(error -> error.within(place)).toList());
      }
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
