package dev.baton.http.out.model;

import dev.baton.http.out.upstream.RetryAfter;
import dev.baton.http.out.upstream.UpstreamHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long a provider wants to be left alone, in each of the ways in which they say so. */
final class RateHeaders {
  private static final double MILLIS = 1_000;
  private static final List<String> METERS = List.of("requests", "tokens");

  private RateHeaders() {}

  /** At most {@link RetryAfter#MOST}. */
  static Optional<Duration> retryAfter(UpstreamHeaders headers, Instant now) {
    return headers
        .first("retry-after-ms")
        .flatMap(text -> RetryAfter.number(text, 1))
        .or(() -> RetryAfter.of(headers, now))
        .or(() -> headers.first("retry-after").flatMap(RetryHints::duration))
        .or(() -> meters(headers));
  }

  /** Until the meters that are used up are reset; where none says that it is, the first one. */
  private static Optional<Duration> meters(UpstreamHeaders headers) {
    List<Duration> resets = new ArrayList<>();
    Optional<Duration> longest = Optional.empty();
    for (String meter : METERS) {
      Optional<Duration> reset =
          headers.first("x-ratelimit-reset-" + meter).flatMap(RateHeaders::reset);
      reset.ifPresent(resets::add);
      boolean usedUp =
          headers.first("x-ratelimit-remaining-" + meter).filter("0"::equals).isPresent();
      if (usedUp
          && reset.isPresent()
          && longest.filter(l -> l.compareTo(reset.get()) > 0).isEmpty()) {
        longest = reset;
      }
    }
    return longest.isPresent() ? longest : resets.stream().findFirst();
  }

  /** A duration with units, or a number of seconds. */
  private static Optional<Duration> reset(String text) {
    return RetryHints.duration(text).or(() -> RetryAfter.number(text, MILLIS));
  }
}
