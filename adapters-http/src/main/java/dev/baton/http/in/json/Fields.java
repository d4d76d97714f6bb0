package dev.baton.http.in.json;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.usecase.task.Replacement;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The members of an object in a body, as the core's types.
 *
 * @param place where the object stands, for errors: {@code body}, then names and indices
 */
public record Fields(JsonValues values, List<Object> place) {
  public Fields {
    requireNonNull(values, "values");
    place = List.copyOf(place);
  }

  public static Fields of(JsonValues body) {
    return new Fields(body, List.of("body"));
  }

  /** Whether it was sent, be it as {@code null}. */
  public boolean mentions(String name) {
    return values.has(name) || values.isNull(name);
  }

  /** A value that its shape lets through and that is wrong all the same. */
  public FieldErrors wrong(String name, String msg, String type) {
    return FieldErrors.invalid(new FieldError(loc(name), msg, type));
  }

  public List<Object> loc(String name) {
    List<Object> loc = new ArrayList<>(place);
    loc.add(name);
    return loc;
  }

  /** The objects of a list that must not be empty. */
  public List<Fields> items(String name) {
    List<Fields> items = new ArrayList<>();
    for (JsonValues item : values.objects(name)) {
      List<Object> where = loc(name);
      where.add(items.size());
      items.add(new Fields(item, where));
    }
    if (items.isEmpty()) {
      throw wrong(name, "List should have at least 1 item", "too_short");
    }
    return items;
  }

  /** A text as a value of a type that {@link TextType} lists. */
  public <T> Optional<T> typed(String name, Class<T> type) {
    return values.text(name).map(said -> typed(type, said, loc(name).toArray()));
  }

  /**
   * A text of the query or the path as a value of such a type.
   *
   * @param loc its place, for the error
   */
  public static <T> T typed(Class<T> type, String text, Object... loc) {
    return type.cast(TextType.of(type).orElseThrow().reader().read(text, List.of(loc)));
  }

  /** A value that a change may also take away, by {@code null}. */
  public <T> Replacement<T> replacement(String name, Optional<T> value) {
    return values.isNull(name) ? Replacement.removal() : Replacement.given(value);
  }

  /** Refuses members that nobody may change; their shape declares them as of any kind. */
  public void refuseChange(List<String> immutable) {
    refuse(
        immutable.stream().filter(values::has),
        "This can't be changed",
        "immutable",
        ErrorCode.IMMUTABLE_FIELD);
  }

  /** Refuses {@code null} for what can be changed, but not taken away. */
  public void refuseNull(List<String> names) {
    refuse(
        names.stream().filter(values::isNull),
        "This can't be taken away",
        "null",
        ErrorCode.VALIDATION_FAILED);
  }

  private void refuse(Stream<String> names, String msg, String type, ErrorCode code) {
    List<FieldError> wrong = names.map(name -> new FieldError(loc(name), msg, type)).toList();
    if (!wrong.isEmpty()) {
      throw new FieldErrors(code, wrong);
    }
  }

  /** A text that, if it is there, is not blank. */
  public Optional<String> filled(String name) {
    Optional<String> text = values.text(name);
    if (text.filter(String::isBlank).isPresent()) {
      throw wrong(name, "String should not be blank", "string_too_short");
    }
    return text;
  }
}
