package dev.baton.http.in.runner.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.usecase.task.Replacement;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.json.JsonValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** A member that its shape declares as one of the words for priorities. */
  public Optional<Priority> priority(String name) {
    return values.text(name).map(word -> Priority.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  public Optional<Instant> instant(String name) {
    return values.text(name).map(text -> Instants.parse(text, loc(name)));
  }

  /** A value that a change may also take away, by {@code null}. */
  public <T> Replacement<T> replacement(String name, Optional<T> value) {
    return values.isNull(name) ? Replacement.removal() : Replacement.given(value);
  }

  /** Refuses members that nobody may change; their shape declares them as of any kind. */
  public void refuseChange(List<String> immutable) {
    List<FieldError> wrong =
        immutable.stream()
            .filter(values::has)
            .map(name -> new FieldError(loc(name), "This can't be changed", "immutable"))
            .toList();
    if (!wrong.isEmpty()) {
      throw new FieldErrors(ErrorCode.IMMUTABLE_FIELD, wrong);
    }
  }

  /** Refuses {@code null} for what can be changed, but not taken away. */
  public void refuseNull(String... names) {
    List<FieldError> wrong =
        Stream.of(names)
            .filter(values::isNull)
            .map(name -> new FieldError(loc(name), "This can't be taken away", "null"))
            .toList();
    if (!wrong.isEmpty()) {
      throw new FieldErrors(ErrorCode.VALIDATION_FAILED, wrong);
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
