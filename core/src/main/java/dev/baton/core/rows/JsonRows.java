package dev.baton.core.rows;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.input.JsonCodec;
import dev.baton.core.domain.input.RawRow;
import dev.baton.core.rows.CsvReader.BrokenException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Map;
import java.util.Optional;

/**
 * Objects of JSON Lines, one a line, or the objects of one array, which is what the text is when it
 * begins with a bracket. Holds one object in memory. Not thread-safe.
 */
final class JsonRows implements RowFormat {
  private static final int BUFFER = 1 << 16;
  private static final int END = -1;

  private final BufferedReader reader;
  private final JsonCodec json;
  private final StringBuilder text = new StringBuilder();
  private State state = State.BEGIN;
  private long line = 1;

  /** Where in the text the reader stands. */
  private enum State {
    BEGIN,
    LINES,
    FIRST_ELEMENT,
    ELEMENTS
  }

  JsonRows(Reader reader, JsonCodec json) {
    this.reader = new BufferedReader(reader, BUFFER);
    this.json = requireNonNull(json, "json");
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public Optional<RawRow> next() throws IOException, BrokenException {
    int c = afterBlanks();
    if (state == State.BEGIN) {
      state = c == '[' ? State.FIRST_ELEMENT : State.LINES;
      c = c == '[' ? afterBlanks() : c;
    }
    if (state != State.LINES) {
      return element(c);
    }
    if (c == END) {
      return Optional.empty();
    }
    long first = line;
    readLine(c);
    return Optional.of(row(first));
  }

  /** Passes over blanks and line ends. */
  private int afterBlanks() throws IOException {
    int c = reader.read();
    while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      if (c == '\n') {
        line++;
      }
      c = reader.read();
    }
    return c;
  }

  private void readLine(int first) throws IOException, BrokenException {
    text.setLength(0);
    for (int c = first; c != END && c != '\n'; c = reader.read()) {
      append(c, line);
    }
    line++;
  }

  private Optional<RawRow> element(int c) throws IOException, BrokenException {
    int next = c;
    if (state == State.ELEMENTS) {
      if (next != ',' && next != ']') {
        throw new BrokenException(line, "a comma or the end of the array is missing");
      }
      next = next == ',' ? afterBlanks() : next;
    }
    if (c == ']') {
      if (afterBlanks() != END) {
        throw new BrokenException(line, "there is text after the array");
      }
      return Optional.empty();
    }
    if (next != '{') {
      throw new BrokenException(line, "an element of the array is not a JSON object");
    }
    state = State.ELEMENTS;
    long first = line;
    readObject(first);
    return Optional.of(row(first));
  }

  /** From behind the brace that opens an object to the one that closes it. */
  private void readObject(long first) throws IOException, BrokenException {
    text.setLength(0);
    text.append('{');
    boolean quoted = false;
    for (int depth = 1; depth > 0; ) {
      int c = reader.read();
      if (c == END) {
        throw new BrokenException(first, "the array ends within an object");
      }
      append(c, first);
      if (quoted && c == '\\') {
        append(reader.read(), first);
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '\n') {
        line++;
      } else if (!quoted) {
        depth += depthOf(c);
      }
    }
  }

  private static int depthOf(int c) {
    if (c == '{' || c == '[') {
      return 1;
    }
    return c == '}' || c == ']' ? -1 : 0;
  }

  private void append(int c, long first) throws BrokenException {
    if (text.length() >= CsvReader.RECORD_MAX) {
      throw new BrokenException(
          first, "the row is longer than " + CsvReader.RECORD_MAX + " characters");
    }
    text.append((char) c);
  }

  @SuppressWarnings("unchecked") // the members of a JSON object have names
  private RawRow row(long at) {
    try {
      return json.parse(text.toString()) instanceof Map<?, ?> members
          ? new RawRow.Members(at, (Map<String, ?>) members)
          : new RawRow.Broken(at, "it is not a JSON object", false);
    } catch (IllegalArgumentException e) {
      return new RawRow.Broken(at, String.valueOf(e.getMessage()), false);
    }
  }
}
