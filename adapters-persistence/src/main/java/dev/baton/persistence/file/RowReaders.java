package dev.baton.persistence.file;

import dev.baton.core.domain.input.Columns;
import dev.baton.core.domain.input.TaskInput;
import dev.baton.core.domain.input.TaskInputReader;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchInput.Row;
import dev.baton.core.port.BatchInput.Rows;
import dev.baton.persistence.file.CsvReader.BrokenException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes over the rows of a text. A row that breaks off the pass is the last one. */
final class RowReaders {
  private static final RowJson JSON = new RowJson();
  private static final TaskInputReader INPUT = new TaskInputReader(JSON);

  private RowReaders() {}

  static Rows of(Reader reader, Format format) {
    Source source =
        switch (format) {
          case CSV -> new Csv(reader);
          case JSONL -> new Jsonl(reader);
        };
    return new Guarded(source);
  }

  /** Reads rows, and fails when no further one can be read. */
  private interface Source {
    Optional<Row> next() throws IOException, BrokenException;

    long line();
  }

  /** Turns what ends a pass into its last row. */
  private static final class Guarded implements Rows {
    private final Source source;
    private boolean over;

    Guarded(Source source) {
      this.source = source;
    }

    @Override
    public Optional<Row> next() {
      if (over) {
        return Optional.empty();
      }
      try {
        Optional<Row> next = source.next();
        over = next.isEmpty();
        return next;
      } catch (BrokenException e) {
        return broken(e.line(), String.valueOf(e.getMessage()));
      } catch (CharacterCodingException e) {
        return broken(source.line() + 1, "the text is not UTF-8");
      } catch (IOException e) {
        return broken(source.line() + 1, "the rows can't be read");
      }
    }

    private Optional<Row> broken(long line, String problem) {
      over = true;
      return Optional.of(Row.broken(line, problem));
    }
  }

  private static final class Csv implements Source {
    private final CsvReader reader;
    private @Nullable Columns header;
    private long line;

    Csv(Reader reader) {
      this.reader = new CsvReader(reader);
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public Optional<Row> next() throws IOException, BrokenException {
      Columns columns = header == null ? readHeader() : header;
      header = columns;
      Optional<CsvReader.Cells> record = reader.next();
      if (record.isEmpty()) {
        return Optional.empty();
      }
      CsvReader.Cells cells = record.get();
      line = cells.line();
      int count = cells.values().size();
      return Optional.of(
          count == columns.count()
              ? read(line, INPUT.row(columns, cells.values()))
              : Row.broken(
                  line, "it has %d cells, the header %d".formatted(count, columns.count())));
    }

    private Columns readHeader() throws IOException, BrokenException {
      CsvReader.Cells first =
          reader.next().orElseThrow(() -> new BrokenException(1, "there is no header row"));
      Columns columns = Columns.of(first.values());
      Optional<String> problem = columns.problem();
      if (problem.isPresent()) {
        throw new BrokenException(first.line(), problem.get());
      }
      return columns;
    }
  }

  private static final class Jsonl implements Source {
    private static final int BUFFER = 1 << 16;
    private final BufferedReader reader;
    private final StringBuilder text = new StringBuilder();
    private long line;

    Jsonl(Reader reader) {
      this.reader = new BufferedReader(reader, BUFFER);
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public Optional<Row> next() throws IOException, BrokenException {
      while (readLine()) {
        if (!text.toString().isBlank()) {
          return Optional.of(row());
        }
      }
      return Optional.empty();
    }

    private Row row() {
      try {
        return JSON.parse(text.toString()) instanceof Map<?, ?> object
            ? read(line, INPUT.row(members(object)))
            : Row.broken(line, "it is not a JSON object");
      } catch (IllegalArgumentException e) {
        return Row.broken(line, "it is not JSON");
      }
    }

    @SuppressWarnings("unchecked") // the members of a JSON object have names
    private static Map<String, ?> members(Map<?, ?> object) {
      return (Map<String, ?>) object;
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

  private static Row read(long line, TaskInput input) {
    return input
        .task()
        .map(task -> Row.of(line, task.build()))
        .orElseGet(() -> Row.broken(line, input.sentence()));
  }
}
