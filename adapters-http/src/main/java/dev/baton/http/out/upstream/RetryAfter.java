package dev.baton.http.out.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a server wants to be left alone (RFC 9110, section 10.2.3). */
public final class RetryAfter {
  /** Nobody is believed who says more. */
  public static final Duration MOST = Duration.ofHours(24);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");
  private static final double MILLIS = 1_000;
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US);
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC);

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

  /** In any of the three forms of RFC 9110, section 5.6.7. */
  private static Optional<Duration> date(String text, Instant now) {
    for (DateTimeFormatter form : List.of(IMF_FIXDATE, rfc850(now), ASCTIME)) {
      try {
        Instant then = Instant.from(form.parse(text));
        return Optional.of(then.isAfter(now) ? atMost(Duration.between(now, then)) : Duration.ZERO);
      } catch (DateTimeException e) {
        // Perhaps in the next form.
      }
    }
    return Optional.empty();
  }

  /** Its two digits of a year are less than fifty years ahead. */
  private static DateTimeFormatter rfc850(Instant now) {
    LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(50);
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, first)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.US)
        .withZone(ZoneOffset.UTC);
  }

  private static Duration atMost(Duration wait) {
    return wait.compareTo(MOST) > 0 ? MOST : wait;
  }
}
