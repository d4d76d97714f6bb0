package dev.baton.core.rows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CSV as RFC 4180 has it: cells may be quoted and then hold line ends, a doubled quote stands for
 * one, lines end with CR LF, LF or CR. Holds one record in memory, of bounded length. Not
 * thread-safe.
 */
public final class CsvReader {
  /** UTF-16 units of one record. */
  static final int RECORD_MAX = 8 << 20;

  private static final int BUFFER = 1 << 16;
  private static final int END = -1;

  private final PushbackReader in;
  private final StringBuilder cell = new StringBuilder();
  private long line = 1;

  public CsvReader(Reader reader) {
    in = new PushbackReader(new BufferedReader(reader, BUFFER), 1);
  }

  /** A record and the line that it begins on. */
  public record Cells(long line, List<String> values) {}

  /** What is wrong with the text from this line on; nothing can be read after it. */
  public static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;
    private final long line;

    BrokenException(long line, String message) {
      super(message);
      this.line = line;
    }

    public long line() {
      return line;
    }
  }

  /** The line that the text was read to, counted from 1. */
  long line() {
    return line;
  }

  /** The next record; lines without anything on them are passed over. */
  public Optional<Cells> next() throws IOException, BrokenException {
    while (true) {
      int c = in.read();
      if (c == END) {
        return Optional.empty();
      }
      if (!isLineEnd(c)) {
        in.unread(c);
        return Optional.of(record());
      }
      endLine(c);
    }
  }

  private Cells record() throws IOException, BrokenException {
    long first = line;
    List<String> values = new ArrayList<>();
    int length = 0;
    while (true) {
      cell.setLength(0);
      int end = cell(first, RECORD_MAX - length);
      length += cell.length() + 1;
      values.add(cell.toString());
      if (end != ',') {
        endLine(end);
        return new Cells(first, values);
      }
    }
  }

  /** Reads a cell and what ends it: a comma, a line end or the end. */
  private int cell(long first, int room) throws IOException, BrokenException {
    int c = in.read();
    if (c == '"') {
      quoted(first, room);
      c = in.read();
      if (c != ',' && c != END && !isLineEnd(c)) {
        throw new BrokenException(line, "there is text after a closing quote");
      }
      return c;
    }
    while (c != ',' && c != END && !isLineEnd(c)) {
      append(c, first, room);
      c = in.read();
    }
    return c;
  }

  private void quoted(long first, int room) throws IOException, BrokenException {
    while (true) {
      int c = in.read();
      if (c == END) {
        throw new BrokenException(first, "a quote is not closed");
      }
      if (c == '"') {
        int next = in.read();
        if (next != '"') {
          if (next != END) {
            in.unread(next);
          }
          return;
        }
      } else if (c == '\n') {
        line++;
      }
      append(c, first, room);
    }
  }

  private void append(int c, long first, int room) throws BrokenException {
    if (c == 0) {
      throw new BrokenException(line, "there is a NUL character");
    }
    if (cell.length() >= room) {
      throw new BrokenException(first, "the row is longer than " + RECORD_MAX + " characters");
    }
    cell.append((char) c);
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  private void endLine(int c) throws IOException {
    line++;
    if (c == '\r') {
      int next = in.read();
      if (next != '\n' && next != END) {
        in.unread(next);
      }
    }
  }
}
