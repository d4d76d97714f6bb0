package dev.baton.cli.server;

/** One thing that the doctor looked at. */
record Finding(String check, Level level, String message) {

  enum Level {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String check, String message) {
    return new Finding(check, Level.OK, message);
  }

  static Finding warn(String check, String message) {
    return new Finding(check, Level.WARN, message);
  }

  static Finding fail(String check, String message) {
    return new Finding(check, Level.FAIL, message);
  }
}
