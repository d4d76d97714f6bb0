package dev.baton.app.config;

/** What a value must keep. */
final class Rules {

  private Rules() {}

  static void check(boolean good, String rule) {
    if (!good) {
      throw new IllegalArgumentException(rule);
    }
  }
}
