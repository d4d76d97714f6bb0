package dev.baton.core.domain.error;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Durations in messages, as people write them. */
public final class DurationText {

  private DurationText() {}

  /**
   * In the largest unit that divides it, {@code 90 s}, {@code 2 min}, {@code 1 h}, {@code 30 days};
   * else in seconds, {@code 1.5 s}, or milliseconds. What is below a millisecond is left out.
   */
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0 s";
    }
    if (divides(ChronoUnit.DAYS, millis)) {
      long days = duration.toDays();
      return days + (days == 1 ? " day" : " days");
    }
    if (divides(ChronoUnit.HOURS, millis)) {
      return duration.toHours() + " h";
    }
    if (divides(ChronoUnit.MINUTES, millis)) {
      return duration.toMinutes() + " min";
    }
    return Math.abs(millis) < 1_000
        ? millis + " ms"
        : BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
  }

  /** Roughly and without its sign: in the largest unit that it has two of; at least a second. */
  public static String about(Duration duration) {
    Duration size = duration.abs();
    if (size.toDays() >= 2) {
      return size.toDays() + " days";
    }
    if (size.toHours() >= 2) {
      return size.toHours() + " h";
    }
    if (size.toMinutes() >= 2) {
      return size.toMinutes() + " min";
    }
    return Math.max(1, size.toSeconds()) + " s";
  }

  private static boolean divides(ChronoUnit unit, long millis) {
    return millis % unit.getDuration().toMillis() == 0;
  }
}
