package dev.baton.http.out.model;

import com.google.common.base.Utf8;
import dev.baton.http.out.model.fault.BrokenAnswerException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiPredicate;

/**
 * Takes the bytes of an event stream apart, wherever they are cut: lines end in CR, LF or both; of
 * the fields {@code event} and {@code data} count; lines of data are joined with LF. What servers
 * send beside the standard when they break off, a field {@code error} or an object of JSON on a
 * line of its own, is told as an event, too. For one thread.
 */
final class SseParser {
  static final String ERROR = "error";

  /** The name of an event that is a line without a field. */
  static final String BARE = "{";

  private final BiPredicate<String, String> onEvent;
  private final int lineMax;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private String event = "";
  private boolean hasData;
  private boolean afterReturn;
  private boolean first = true;

  /**
   * Makes one.
   *
   * @param onEvent is told each event's name, which may be empty, and its data; says whether more
   *     is wanted
   * @param lineMax bytes of a line, and characters of one event's data
   */
  SseParser(BiPredicate<String, String> onEvent, int lineMax) {
    this.onEvent = onEvent;
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
    dispatch();
  }

  private boolean endLine() {
    byte[] bytes = line.toByteArray();
    if (!Utf8.isWellFormed(bytes)) {
      throw new BrokenAnswerException("a line of the stream is not UTF-8");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    line.reset();
    if (first) {
      first = false;
      text = text.startsWith("\ufeff") ? text.substring(1) : text;
    }
    if (text.isEmpty()) {
      return dispatch();
    }
    if (text.startsWith(BARE)) {
      return onEvent.test(BARE, text);
    }
    field(text);
    return true;
  }

  private void field(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    String value = rest.startsWith(" ") ? rest.substring(1) : rest;
    if (name.equals("data") || name.equals(ERROR)) {
      data.append(hasData ? "\n" : "").append(value);
      hasData = true;
      check(data.length());
    }
    if (name.equals("event")) {
      event = value;
    } else if (name.equals(ERROR)) {
      // No field of the standard, and yet sent by llama.cpp.
      event = ERROR;
    }
  }

  /** Tells of the event, if there is one. */
  private boolean dispatch() {
    String named = event;
    event = "";
    if (!hasData) {
      return true;
    }
    String whole = data.toString();
    data.setLength(0);
    hasData = false;
    return onEvent.test(named, whole);
  }

  private void check(int size) {
    if (size > lineMax) {
      throw new BrokenAnswerException("an event of the stream is too large");
    }
  }
}
