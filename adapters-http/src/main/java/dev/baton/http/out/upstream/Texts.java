package dev.baton.http.out.upstream;

import java.util.Optional;

/** What faults say, fit for a log. */
final class Texts {
  private static final int MAX = 200;

  private Texts() {}

  /** One short line, whatever the message holds. */
  static String line(Throwable fault) {
    String text =
        Optional.ofNullable(fault.getMessage()).orElseGet(() -> fault.getClass().getSimpleName());
    String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return line.substring(0, Math.min(MAX, line.length()));
  }
}
