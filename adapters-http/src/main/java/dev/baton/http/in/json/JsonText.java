package dev.baton.http.in.json;

import dev.baton.http.in.api.FieldErrors;

/**
 * What no parser refuses by itself: escapes that stand for text which is none. Works on valid JSON
 * only, where a backslash is always inside a string.
 */
final class JsonText {
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private JsonText() {}

  static int bomLength(byte[] body) {
    boolean found = body.length >= 3 && body[0] == BOM[0] && body[1] == BOM[1] && body[2] == BOM[2];
    return found ? BOM.length : 0;
  }

  /** Whether it is ASCII without escapes, as most bodies are: then there is nothing to refuse. */
  static boolean isPlain(byte[] body) {
    for (byte unit : body) {
      if (unit < 0 || unit == '\\') {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses an escaped NUL, which PostgreSQL's text cannot hold, and half a surrogate pair, which
   * UTF-8 cannot. As raw bytes neither gets here.
   */
  static void checkEscapes(byte[] body) {
    int i = 0;
    while (i < body.length) {
      if (body[i] != '\\') {
        i++;
      } else if (body[i + 1] == 'u') {
        i = checkEscape(body, i);
      } else {
        i += 2;
      }
    }
  }

  /** Where to go on after the escape at {@code at}. */
  private static int checkEscape(byte[] body, int at) {
    char unit = unit(body, at);
    if (unit == 0) {
      throw FieldErrors.invalid("text must not contain \\u0000", "value_error", "body");
    }
    if (!Character.isSurrogate(unit)) {
      return at + 6;
    }
    boolean paired =
        Character.isHighSurrogate(unit)
            && body[at + 6] == '\\'
            && body[at + 7] == 'u'
            && Character.isLowSurrogate(unit(body, at + 6));
    if (!paired) {
      throw JsonCursor.malformed("invalid surrogate pair", at);
    }
    return at + 12;
  }

  private static char unit(byte[] body, int at) {
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      unit = unit << 4 | Character.digit(body[i], 16);
    }
    return (char) unit;
  }
}
