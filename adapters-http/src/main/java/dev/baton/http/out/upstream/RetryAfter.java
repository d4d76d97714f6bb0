package dev.baton.http.out.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a server wants to be left alone (RFC 9110, section 10.2.3). */
public final class RetryAfter {
  /** Nobody is believed who says more. */
  public static final Duration MOST = Duration.ofHours(24);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,6})?");
  private static final double MILLIS = 1_000;

  private RetryAfter() {}

  /** As the header {@code Retry-After} says it; empty when there is none that can be read. */
  public static Optional<Duration> of(UpstreamHeaders headers, Instant now) {
    return headers.first("retry-after").flatMap(text -> read(text, now));
  }

  /**
   * Reads seconds, also with a fraction, or a date.
   *
   * @return at most {@link #MOST}; zero for a date that is not ahead of {@code now}; empty when the
   *     text is neither
   */
  public static Optional<Duration> read(String text, Instant now) {
    Optional<Duration> seconds = number(text, MILLIS);
    return seconds.isPresent() ? seconds : date(text, now);
  }

  /** A number of something that has so many milliseconds; at most {@link #MOST}. */
  public static Optional<Duration> number(String text, double millis) {
    return NUMBER.matcher(text).matches()
        ? Optional.of(millis(Double.parseDouble(text) * millis))
        : Optional.empty();
  }

  /** So many milliseconds, at most {@link #MOST}. */
  public static Duration millis(double millis) {
    return atMost(Duration.ofMillis((long) millis));
  }

  private static Optional<Duration> date(String text, Instant now) {
    try {
      Instant then =
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant();
      return Optional.of(then.isAfter(now) ? atMost(Duration.between(now, then)) : Duration.ZERO);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration atMost(Duration wait) {
    return wait.compareTo(MOST) > 0 ? MOST : wait;
  }
}
