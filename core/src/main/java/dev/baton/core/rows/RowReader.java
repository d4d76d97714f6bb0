package dev.baton.core.rows;

import dev.baton.core.domain.input.Columns;
import dev.baton.core.domain.input.JsonCodec;
import dev.baton.core.domain.input.RawRow;
import dev.baton.core.rows.CsvReader.BrokenException;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a text one by one and holds one of them in memory, of up to {@link
 * CsvReader#RECORD_MAX} UTF-16 units. A byte order mark at the beginning is passed over. Not
 * thread-safe.
 */
public final class RowReader {
  private final RowFormat source;
  private boolean over;

  private RowReader(RowFormat source) {
    this.source = source;
  }

  /**
   * Rows of CSV under a header (RFC 4180). Rows of empty cells are passed over, as are columns at
   * the end that have no name and nothing in them: spreadsheets leave both behind.
   */
  public static RowReader csv(Reader reader) {
    return new RowReader(new Csv(new Unmarked(reader)));
  }

  /**
   * Rows of JSON Lines, one object a line; lines without anything on them are passed over. A text
   * that begins with a bracket is one JSON array, whose elements are the rows.
   */
  public static RowReader jsonl(Reader reader, JsonCodec json) {
    return new RowReader(new JsonRows(new Unmarked(reader), json));
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
      return last(source.line(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return last(source.line(), "the rows can't be read");
    }
  }

  private Optional<RawRow> last(long line, String problem) {
    over = true;
    return Optional.of(new RawRow.Broken(line, problem, true));
  }

  private static final class Csv implements RowFormat {
    private final CsvReader reader;
    private @Nullable Columns columns;

    Csv(Reader reader) {
      this.reader = new CsvReader(reader);
    }

    @Override
    public long line() {
      return reader.line();
    }

    @Override
    public Optional<RawRow> next() throws IOException, BrokenException {
      Columns known = columns == null ? header() : columns;
      columns = known;
      Optional<CsvReader.Cells> record = reader.next();
      while (record.filter(cells -> isBlank(cells.values())).isPresent()) {
        record = reader.next();
      }
      return record.map(cells -> row(known, cells));
    }

    private static RawRow row(Columns known, CsvReader.Cells record) {
      List<String> cells = record.values();
      int count = known.count();
      if (cells.size() > count && isBlank(cells.subList(count, cells.size()))) {
        cells = cells.subList(0, count);
      }
      return cells.size() == count
          ? new RawRow.Cells(record.line(), known, cells)
          : new RawRow.Broken(
              record.line(),
              "it has %d cells, the header %d".formatted(cells.size(), count),
              false);
    }

    private static boolean isBlank(List<String> cells) {
      return cells.stream().allMatch(String::isBlank);
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
