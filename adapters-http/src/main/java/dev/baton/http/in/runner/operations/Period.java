package dev.baton.http.in.runner.operations;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A period of metrics, and how long each step of its series is. */
enum Period {
  HOUR(Duration.ofHours(1), Duration.ofMinutes(5)),
  DAY(Duration.ofDays(1), Duration.ofHours(1)),
  WEEK(Duration.ofDays(7), Duration.ofHours(6)),
  MONTH(Duration.ofDays(30), Duration.ofDays(1));

  static final List<String> WORDS =
      Arrays.stream(values()).map(period -> period.name().toLowerCase(Locale.ROOT)).toList();

  final Duration length;
  final Duration step;

  Period(Duration length, Duration step) {
    this.length = length;
    this.step = step;
  }

  static Period of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  int steps() {
    return (int) length.dividedBy(step);
  }
}
