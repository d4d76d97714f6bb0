package dev.baton.persistence.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchInput.Row;
import dev.baton.core.port.BatchInput.Rows;
import dev.baton.persistence.file.CsvReader.BrokenException;
import dev.baton.persistence.file.TaskCells.BadRowException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes over the rows of a text. A row that breaks off the pass is the last one. */
final class RowReaders {
  private static final Set<String> NEEDED = Set.of("prompt", "messages");

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
    private @Nullable List<String> header;
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
      List<String> names = header == null ? readHeader() : header;
      header = names;
      Optional<CsvReader.Cells> record = reader.next();
      if (record.isEmpty()) {
        return Optional.empty();
      }
      CsvReader.Cells cells = record.get();
      line = cells.line();
      if (cells.values().size() != names.size()) {
        return Optional.of(
            Row.broken(
                line,
                "it has %d cells, the header %d".formatted(cells.values().size(), names.size())));
      }
      ObjectNode row = TaskCells.JSON.createObjectNode();
      for (int i = 0; i < names.size(); i++) {
        if (!names.get(i).equals(Columns.RESULT)) {
          row.put(names.get(i), cells.values().get(i));
        }
      }
      return Optional.of(read(line, row));
    }

    private List<String> readHeader() throws IOException, BrokenException {
      CsvReader.Cells first =
          reader.next().orElseThrow(() -> new BrokenException(1, "there is no header row"));
      List<String> names = Columns.named(first.values());
      if (names.stream().noneMatch(NEEDED::contains)) {
        throw new BrokenException(first.line(), Columns.missing(names));
      }
      List<String> given = names.stream().filter(name -> !name.equals(Columns.RESULT)).toList();
      if (new HashSet<>(given).size() != given.size() || given.contains("")) {
        throw new BrokenException(first.line(), "a column has no name, or that of another");
      }
      return names;
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
        JsonNode parsed = TaskCells.JSON.readTree(text.toString());
        return parsed instanceof ObjectNode object
            ? read(line, object)
            : Row.broken(line, "it is not a JSON object");
      } catch (JsonProcessingException e) {
        return Row.broken(line, "it is not JSON");
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

  private static Row read(long line, ObjectNode row) {
    try {
      return Row.of(line, TaskCells.task(row));
    } catch (BadRowException e) {
      return Row.broken(line, String.valueOf(e.getMessage()));
    }
  }
}
