package dev.baton.http.in.api;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Points in time as they are read and written: ISO 8601, UTC, milliseconds. */
public final class Instants {
  public static final int LENGTH_MAX = 64;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
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
    Instant instant;
    try {
      instant = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw wrong("should be an ISO 8601 time with its zone, such as 2025-01-01T00:00:00Z", loc);
    }
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
      throw wrong("should lie between the years 1970 and 9999", loc);
    }
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  private static FieldErrors wrong(String msg, List<Object> loc) {
    return FieldErrors.invalid(new FieldError(loc, msg, "datetime_parsing"));
  }
}
