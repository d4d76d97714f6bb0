package dev.baton.core.domain.prompt;

import com.google.common.base.Utf8;
import java.util.Optional;

/** Which text can be kept: what UTF-8 can encode, and without the NUL that databases refuse. */
public final class TextRules {
  private static final String SURROGATE = "invalid surrogate pair";
  private static final String NUL = "text must not contain a NUL character";

  private static final int LOST = 0xFFFD;

  private TextRules() {}

  /** What is wrong with a text as it stands. */
  public static Optional<String> problem(String text) {
    int at = suspect(text, 0);
    while (at < text.length()) {
      char unit = text.charAt(at);
      if (unit == 0) {
        return Optional.of(NUL);
      }
      if (!isPair(unit, at + 1 < text.length() ? text.charAt(at + 1) : 0)) {
        return Optional.of(SURROGATE);
      }
      at = suspect(text, at + 2);
    }
    return Optional.empty();
  }

  /**
   * Where a NUL or a surrogate comes first; the length if none does. A loop of its own with one
   * comparison, because every prompt and every answer goes through it.
   */
  private static int suspect(String text, int from) {
    int length = text.length();
    int at = from;
    while (at < length && isSound(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSound(char unit) {
    // The first comparison is true of nearly all.
    return (char) (unit - 1) < Character.MIN_SURROGATE - 1 || unit > Character.MAX_SURROGATE;
  }

  /** As {@link #problem}, also of what valid JSON escapes, in values and in names. */
  public static Optional<String> problemInJson(String json) {
    Optional<String> plain = problem(json);
    if (plain.isPresent()) {
      return plain;
    }
    int at = json.indexOf('\\');
    while (at >= 0) {
      int length = 2;
      if (json.charAt(at + 1) == 'u') {
        char unit = escaped(json, at);
        if (unit == 0) {
          return Optional.of(NUL);
        }
        boolean surrogate = Character.isSurrogate(unit);
        if (surrogate && !isPair(unit, escaped(json, at + 6))) {
          return Optional.of(SURROGATE);
        }
        length = surrogate ? 12 : 6;
      }
      at = json.indexOf('\\', at + length);
    }
    return Optional.empty();
  }

  /** The unit that is escaped at {@code at}; 0 if none is. */
  private static char escaped(String json, int at) {
    return json.startsWith("\\u", at) ? (char) Integer.parseInt(json, at + 2, at + 6, 16) : 0;
  }

  /** The text with each character that can't be kept replaced: for messages, never for answers. */
  public static String readable(String text) {
    if (problem(text).isEmpty()) {
      return text;
    }
    StringBuilder readable = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? LOST : c)
        .forEach(readable::appendCodePoint);
    return readable.toString();
  }

  private static boolean isPair(char high, char low) {
    return Character.isHighSurrogate(high) && Character.isLowSurrogate(low);
  }

  /** Whether a well-formed text has more bytes of UTF-8. */
  public static boolean isLarger(String text, int maxBytes) {
    // No UTF-16 unit takes more than three bytes, so most texts need no counting.
    return text.length() * 3L > maxBytes && Utf8.encodedLength(text) > maxBytes;
  }
}
