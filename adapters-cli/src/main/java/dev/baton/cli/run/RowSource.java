package dev.baton.cli.run;

import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Texts;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.input.RawRow;
import dev.baton.core.domain.input.TaskInput;
import dev.baton.core.domain.input.TaskInputReader;
import dev.baton.core.rows.RowReader;
import dev.baton.core.rows.Utf8Reader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the rows of a file one by one, holding one in memory, as batches read them; only that a
 * row's id is a label here, which may be any text or number. For one thread.
 */
final class RowSource implements AutoCloseable {
  private static final TaskInputReader INPUT = new TaskInputReader(Jsons.CODEC);
  private static final String ID = Member.ID.spelling();

  private final Reader reader;
  private final RowReader rows;
  private int number;

  private RowSource(Reader reader, RowReader rows) {
    this.reader = reader;
    this.rows = rows;
  }

  /**
   * Opens a file by what its name ends with: {@code .csv}, or JSON Lines.
   *
   * @param standardInput what {@code -} stands for
   */
  static RowSource open(Path file, InputStream standardInput) {
    Reader reader = new Utf8Reader(Texts.isStandard(file) ? standardInput : Texts.open(file));
    return new RowSource(
        reader, isCsv(file) ? RowReader.csv(reader) : RowReader.jsonl(reader, Jsons.CODEC));
  }

  static boolean isCsv(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  /** The next row; empty at the end of the file and after one that nothing can follow. */
  Optional<Row> next() {
    return rows.next().map(this::row);
  }

  private Row row(RawRow row) {
    number++;
    if (row instanceof RawRow.Broken broken) {
      return Row.bad(number, broken.line(), broken.problem(), broken.last());
    }
    return row instanceof RawRow.Cells record ? labelled(record) : labelled((RawRow.Members) row);
  }

  private Row labelled(RawRow.Cells row) {
    int id = row.columns().indexOf(Member.ID);
    if (id < 0) {
      return read(row, "");
    }
    List<String> cells = new ArrayList<>(row.cells());
    String label = cells.set(id, "");
    return read(new RawRow.Cells(row.line(), row.columns(), cells), label);
  }

  private Row labelled(RawRow.Members row) {
    Object id = row.members().get(ID);
    if (!(id instanceof String || id instanceof Number || id instanceof Boolean)) {
      return read(row, "");
    }
    Map<String, Object> members = new LinkedHashMap<>(row.members());
    members.remove(ID);
    return read(new RawRow.Members(row.line(), members), id.toString());
  }

  private Row read(RawRow row, String label) {
    TaskInput input = INPUT.row(row);
    return input
        .task()
        .map(
            task ->
                Row.good(
                    number,
                    row.line(),
                    new Row.Item(task.build(), Optional.of(label).filter(text -> !text.isEmpty()))))
        .orElseGet(() -> Row.bad(number, row.line(), input.sentence(), false));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
