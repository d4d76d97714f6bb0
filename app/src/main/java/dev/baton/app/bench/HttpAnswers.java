package dev.baton.app.bench;

/** The little of HTTP that the loads have to understand. */
final class HttpAnswers {
  private static final String LENGTH = "Content-Length: ";

  private HttpAnswers() {}

  /** The length that a head tells of its body; 0 without one. */
  static int contentLength(String head) {
    int at = head.indexOf(LENGTH);
    return at < 0
        ? 0
        : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at)).strip());
  }

  static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }
}
