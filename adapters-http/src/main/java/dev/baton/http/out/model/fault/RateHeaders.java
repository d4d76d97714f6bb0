package dev.baton.http.out.model.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.http.out.upstream.Json;
import dev.baton.http.out.upstream.RetryAfter;
import dev.baton.http.out.upstream.UpstreamHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** How long a provider wants to be left alone, where it says so in the body of its error. */
  static final class RetryHints {
    private static final int TEXT_MAX = 8_000;
    private static final List<String> MEMBERS = List.of("retryDelay", "retry_after", "retryAfter");
    private static final Pattern INTRODUCTION =
        Pattern.compile("(?:try again|retry|wait)(?: (?:in|after|for))? (?=[0-9])");
    private static final Pattern PART =
        Pattern.compile(
            "([0-9]{1,9}(?:\\.[0-9]{1,12})?) ?(?:(ms|milliseconds?)|(s|secs?|seconds?)"
                + "|(m|mins?|minutes?)|(h|hours?))(?![a-z])");

    private RetryHints() {}

    /** From a member that says so, or else from the sentence for people. */
    static Optional<Duration> of(String body) {
      return Json.container(body)
          .flatMap(RetryHints::member)
          .or(() -> sentence(body.substring(0, Math.min(body.length(), TEXT_MAX))));
    }

    private static Optional<Duration> member(JsonNode answer) {
      return MEMBERS.stream()
          .flatMap(name -> Optional.ofNullable(answer.findValue(name)).stream())
          .flatMap(
              value ->
                  duration(value.asText())
                      .or(() -> RetryAfter.number(value.asText(), 1_000))
                      .stream())
          .findFirst();
    }

    private static Optional<Duration> sentence(String body) {
      String text = body.toLowerCase(Locale.ROOT);
      Matcher introduction = INTRODUCTION.matcher(text);
      return introduction.find() ? begins(text.substring(introduction.end())) : Optional.empty();
    }

    /** The whole text as a duration: {@code 12ms}, {@code 39.5s}, {@code 6m0s}. */
    static Optional<Duration> duration(String text) {
      Matcher parts = PART.matcher(text);
      int end = 0;
      while (parts.find() && parts.start() == end) {
        end = parts.end();
      }
      return end == text.length() ? begins(text) : Optional.empty();
    }

    /** The duration that the text begins with. */
    private static Optional<Duration> begins(String text) {
      Matcher part = PART.matcher(text);
      double millis = 0;
      int end = 0;
      while (part.find() && part.start() == end) {
        millis += Double.parseDouble(part.group(1)) * unit(part);
        end = part.end();
      }
      return end == 0 ? Optional.empty() : Optional.of(RetryAfter.millis(millis));
    }

    private static long unit(Matcher part) {
      if (part.group(2) != null) {
        return 1;
      }
      return part.group(3) != null ? 1_000 : part.group(4) != null ? 60_000 : 3_600_000;
    }
  }
}
