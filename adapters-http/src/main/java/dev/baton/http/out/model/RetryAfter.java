package dev.baton.http.out.model;

import dev.baton.http.out.upstream.UpstreamHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How long a provider wants to be left alone, in each of the ways in which they say so. */
final class RetryAfter {
  /** Nobody is believed who says more. */
  static final Duration MOST = Duration.ofHours(24);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");
  private static final Pattern GO_PART =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h)");
  private static final double MILLIS = 1_000;

  private RetryAfter() {}

  static Optional<Duration> of(UpstreamHeaders headers, Instant now) {
    return Stream.of(
            headers.first("retry-after-ms").flatMap(text -> number(text, 1)),
            headers.first("retry-after").flatMap(text -> secondsOrDate(text, now)),
            headers.first("x-ratelimit-reset-requests").flatMap(RetryAfter::reset),
            headers.first("x-ratelimit-reset-tokens").flatMap(RetryAfter::reset))
        .flatMap(Optional::stream)
        .findFirst()
        .map(wait -> wait.compareTo(MOST) > 0 ? MOST : wait);
  }

  private static Optional<Duration> number(String text, double millis) {
    return NUMBER.matcher(text).matches()
        ? Optional.of(Duration.ofMillis((long) (Double.parseDouble(text) * millis)))
        : Optional.empty();
  }

  private static Optional<Duration> secondsOrDate(String text, Instant now) {
    Optional<Duration> seconds = number(text, MILLIS);
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      Instant then =
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant();
      return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code 12ms}, {@code 1s}, {@code 6m0s}, or seconds. */
  private static Optional<Duration> reset(String text) {
    Matcher part = GO_PART.matcher(text);
    double millis = 0;
    int end = 0;
    while (part.lookingAt()) {
      double amount = Double.parseDouble(part.group(1));
      millis +=
          switch (part.group(2)) {
            case "ms" -> amount;
            case "s" -> amount * 1_000;
            case "m" -> amount * 60_000;
            default -> amount * 3_600_000;
          };
      end = part.end();
      part.region(end, text.length());
    }
    return end == text.length() && end > 0
        ? Optional.of(Duration.ofMillis((long) millis))
        : number(text, MILLIS);
  }
}
