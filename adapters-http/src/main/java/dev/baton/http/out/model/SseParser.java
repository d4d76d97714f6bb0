package dev.baton.http.out.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Takes the bytes of an event stream apart, wherever they are cut: lines end in CR, LF or both; of
 * the fields only {@code data} counts, whose lines are joined with LF. For one thread.
 */
final class SseParser {
  private final Predicate<String> onData;
  private final int lineMax;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;
  private boolean afterReturn;
  private boolean first = true;

  /**
   * Makes one.
   *
   * @param onData is told each event's data; says whether more is wanted
   * @param lineMax bytes of a line, and characters of one event's data
   */
  SseParser(Predicate<String> onData, int lineMax) {
    this.onData = onData;
    this.lineMax = lineMax;
  }

  /**
   * Takes the next bytes.
   *
   * @return whether more is wanted
   * @throws BrokenAnswerException when a line or an event is too large
   */
  boolean take(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      byte c = bytes[i];
      boolean pairs = afterReturn && c == '\n';
      afterReturn = c == '\r';
      if (pairs) {
        continue;
      }
      if (c != '\n' && c != '\r') {
        line.write(c);
        check(line.size());
      } else if (!endLine()) {
        return false;
      }
    }
    return true;
  }

  /** What came after the last empty line, as some servers forget to end their last event. */
  void finish() {
    if (line.size() > 0 && !endLine()) {
      return;
    }
    if (hasData) {
      dispatch();
    }
  }

  private boolean endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (first) {
      first = false;
      text = text.startsWith("\ufeff") ? text.substring(1) : text;
    }
    if (text.isEmpty()) {
      return !hasData || dispatch();
    }
    if (text.equals("data") || text.startsWith("data:")) {
      String value = text.length() <= 5 ? "" : text.substring(text.charAt(5) == ' ' ? 6 : 5);
      data.append(hasData ? "\n" : "").append(value);
      hasData = true;
      check(data.length());
    }
    return true;
  }

  private boolean dispatch() {
    String whole = data.toString();
    data.setLength(0);
    hasData = false;
    return onData.test(whole);
  }

  private void check(int size) {
    if (size > lineMax) {
      throw new BrokenAnswerException("an event of the stream is too large");
    }
  }
}
