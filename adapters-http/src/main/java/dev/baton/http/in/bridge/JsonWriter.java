package dev.baton.http.in.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * Writes the replies of the busiest routes, which are small objects of texts, at less cost than a
 * general encoder. Not thread-safe; names are trusted to need no escaping.
 */
final class JsonWriter {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder json;
  private boolean separate;

  JsonWriter(int expectedLength) {
    this.json = new StringBuilder(expectedLength);
  }

  @CanIgnoreReturnValue
  JsonWriter open(char bracket) {
    separate();
    json.append(bracket);
    separate = false;
    return this;
  }

  @CanIgnoreReturnValue
  JsonWriter close(char bracket) {
    json.append(bracket);
    separate = true;
    return this;
  }

  @CanIgnoreReturnValue
  JsonWriter name(String name) {
    separate();
    json.append('"').append(name).append("\":");
    separate = false;
    return this;
  }

  @CanIgnoreReturnValue
  JsonWriter text(String name, String value) {
    name(name);
    quote(value);
    separate = true;
    return this;
  }

  /** A value that is JSON already. */
  @CanIgnoreReturnValue
  JsonWriter raw(String name, String value) {
    name(name);
    json.append(value);
    separate = true;
    return this;
  }

  byte[] bytes() {
    return json.toString().getBytes(UTF_8);
  }

  private void separate() {
    if (separate) {
      json.append(',');
    }
  }

  private void quote(String value) {
    json.append('"');
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        json.append(value, from, i);
        escape(c);
        from = i + 1;
      }
    }
    json.append(value, from, value.length()).append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> json.append('\\').append(c);
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> json.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
    }
  }
}
