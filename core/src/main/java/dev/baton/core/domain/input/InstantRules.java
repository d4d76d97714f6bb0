package dev.baton.core.domain.input;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Points in time as clients write them: ISO 8601 with any offset. */
public final class InstantRules {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private InstantRules() {}

  /**
   * To the millisecond, which is what the store keeps.
   *
   * @throws IllegalArgumentException with a message for people
   */
  public static Instant parse(String text) {
    Instant instant;
    try {
      instant = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "should be an ISO 8601 time with its zone, such as 2025-01-01T00:00:00Z", e);
    }
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
      throw new IllegalArgumentException("should lie between the years 1970 and 9999");
    }
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
