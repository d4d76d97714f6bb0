package dev.baton.http.in.api;

import dev.baton.core.domain.input.InstantRules;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/** Points in time as they are read and written: ISO 8601, UTC, milliseconds. */
public final class Instants {
  public static final int LENGTH_MAX = 64;

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private Instants() {}

  public static String text(Instant instant) {
    return MILLIS.format(instant);
  }

  public static String text(long epochMilli) {
    return text(Instant.ofEpochMilli(epochMilli));
  }

  /**
   * To the millisecond, which is what the store keeps; with any offset.
   *
   * @param loc where the text stands, for the error
   */
  public static Instant parse(String text, List<Object> loc) {
    try {
      return InstantRules.parse(text);
    } catch (IllegalArgumentException e) {
      throw FieldErrors.invalid(
          new FieldError(loc, String.valueOf(e.getMessage()), "datetime_parsing"));
    }
  }
}
