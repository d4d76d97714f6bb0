package dev.baton.core.domain.input;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.input.CsvReader.BrokenException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a text one by one and holds one of them in memory, of up to {@link
 * CsvReader#RECORD_MAX} UTF-16 units. A byte order mark at the beginning is passed over. Not
 * thread-safe.
 */
public final class RowReader {
  private final Source source;
  private boolean over;

  private RowReader(Source source) {
    this.source = source;
  }

  /** Rows of CSV under a header (RFC 4180). */
  public static RowReader csv(Reader reader) {
    return new RowReader(new Csv(new Unmarked(reader)));
  }

  /** Rows of JSON Lines, one object a line; lines without anything on them are passed over. */
  public static RowReader jsonl(Reader reader, JsonCodec json) {
    return new RowReader(new Jsonl(new Unmarked(reader), json));
  }

  /** The next row; empty after the last one, and after one that nothing can follow. */
  public Optional<RawRow> next() {
    if (over) {
      return Optional.empty();
    }
    try {
      Optional<RawRow> next = source.next();
      over = next.isEmpty();
      return next;
    } catch (BrokenException e) {
      return last(e.line(), String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      return last(source.line() + 1, "the text is not UTF-8");
    } catch (IOException e) {
      return last(source.line() + 1, "the rows can't be read");
    }
  }

  private Optional<RawRow> last(long line, String problem) {
    over = true;
    return Optional.of(new RawRow.Broken(line, problem, true));
  }

  /** Reads rows, and fails when no further one can be read. */
  private interface Source {
    Optional<RawRow> next() throws IOException, BrokenException;

    /** Where the row that was read last begins. */
    long line();
  }

  private static final class Csv implements Source {
    private final CsvReader reader;
    private @Nullable Columns columns;
    private long line;

    Csv(Reader reader) {
      this.reader = new CsvReader(reader);
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public Optional<RawRow> next() throws IOException, BrokenException {
      Columns known = columns == null ? header() : columns;
      columns = known;
      return reader.next().map(record -> row(known, record));
    }

    private RawRow row(Columns known, CsvReader.Cells record) {
      line = record.line();
      int count = record.values().size();
      return count == known.count()
          ? new RawRow.Cells(line, known, record.values())
          : new RawRow.Broken(
              line, "it has %d cells, the header %d".formatted(count, known.count()), false);
    }

    private Columns header() throws IOException, BrokenException {
      CsvReader.Cells first =
          reader.next().orElseThrow(() -> new BrokenException(1, "there is no header row"));
      Columns named = Columns.of(first.values());
      Optional<String> problem = named.problem();
      if (problem.isPresent()) {
        throw new BrokenException(first.line(), problem.get());
      }
      return named;
    }
  }

  private static final class Jsonl implements Source {
    private static final int BUFFER = 1 << 16;
    private final BufferedReader reader;
    private final JsonCodec json;
    private final StringBuilder text = new StringBuilder();
    private long line;

    Jsonl(Reader reader, JsonCodec json) {
      this.reader = new BufferedReader(reader, BUFFER);
      this.json = requireNonNull(json, "json");
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public Optional<RawRow> next() throws IOException, BrokenException {
      while (readLine()) {
        String row = text.toString();
        if (!row.isBlank()) {
          return Optional.of(row(row));
        }
      }
      return Optional.empty();
    }

    @SuppressWarnings("unchecked") // the members of a JSON object have names
    private RawRow row(String row) {
      try {
        return json.parse(row) instanceof Map<?, ?> members
            ? new RawRow.Members(line, (Map<String, ?>) members)
            : new RawRow.Broken(line, "it is not a JSON object", false);
      } catch (IllegalArgumentException e) {
        return new RawRow.Broken(line, String.valueOf(e.getMessage()), false);
      }
    }

    /** A bounded line; false at the end. */
    private boolean readLine() throws IOException, BrokenException {
      text.setLength(0);
      int c = reader.read();
      if (c < 0) {
        return false;
      }
      line++;
      while (c >= 0 && c != '\n') {
        if (text.length() >= CsvReader.RECORD_MAX) {
          throw new BrokenException(
              line, "the row is longer than " + CsvReader.RECORD_MAX + " characters");
        }
        text.append((char) c);
        c = reader.read();
      }
      return true;
    }
  }

  /** Passes over a mark at the beginning; late, so that a broken first character is a row's. */
  private static final class Unmarked extends Reader {
    private static final char MARK = '\uFEFF';
    private final PushbackReader reader;
    private boolean begun;

    Unmarked(Reader reader) {
      this.reader = new PushbackReader(reader, 1);
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
      if (!begun) {
        begun = true;
        int first = reader.read();
        if (first >= 0 && first != MARK) {
          reader.unread(first);
        }
      }
      return reader.read(buffer, from, length);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
