package dev.baton.app.config;

import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Says in words of YAML that a value is of the wrong type. */
final class WrongTypes {

  private WrongTypes() {}

  static String problem(MismatchedInputException e) {
    String value =
        e instanceof InvalidFormatException format ? ", not '" + format.getValue() + "'" : "";
    return wanted(e.getTargetType()).map(wanted -> wanted + value).orElse(e.getOriginalMessage());
  }

  private static Optional<String> wanted(Class<?> type) {
    if (type == null) {
      return Optional.empty();
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return Optional.of("a whole number is needed");
    }
    if (type == boolean.class || type == Boolean.class) {
      return Optional.of("true or false is needed");
    }
    if (Number.class.isAssignableFrom(type) || type == double.class) {
      return Optional.of("a number is needed");
    }
    if (type == String.class) {
      return Optional.of("one text is needed");
    }
    if (Collection.class.isAssignableFrom(type)) {
      return Optional.of("a list is needed");
    }
    return type.isRecord() || Map.class.isAssignableFrom(type)
        ? Optional.of("keys with values are needed, indented below it")
        : Optional.empty();
  }
}
