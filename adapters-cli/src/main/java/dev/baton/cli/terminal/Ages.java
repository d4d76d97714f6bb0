package dev.baton.cli.terminal;

import java.time.Duration;
import java.time.Instant;

/** Instants as people read them: how long ago, or how long until. */
public final class Ages {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Ages() {}

  /**
   * How far {@code at} is from {@code now}: {@code 12 s}, {@code 3 min}, {@code 2 h} or {@code 5
   * d}, rounded down, with {@code in} before what is to come. A unit is used from two of it on, so
   * that no figure is off by more than half.
   */
  public static String of(Instant at, Instant now) {
    Duration distance = Duration.between(at, now);
    return distance.isNegative() && distance.toMillis() < -999
        ? "in " + words(distance.negated().toSeconds())
        : words(Math.max(0, distance.toSeconds()));
  }

  private static String words(long seconds) {
    if (seconds < 2 * MINUTE) {
      return seconds + " s";
    }
    if (seconds < 2 * HOUR) {
      return seconds / MINUTE + " min";
    }
    return seconds < 2 * DAY ? seconds / HOUR + " h" : seconds / DAY + " d";
  }
}
