package dev.baton.cli.run;

import dev.baton.cli.shared.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Reads the rows of a file one by one, holding one in memory. For one thread. */
interface RowSource extends AutoCloseable {

  /**
   * The next row; empty at the end of the file.
   *
   * @throws IOException when the rest of the file can't be told apart into rows, or can't be read
   */
  Optional<Row> next() throws IOException;

  @Override
  void close() throws IOException;

  /** Opens a file by what its name ends with: {@code .csv}, or JSON Lines. */
  static RowSource open(Path file) {
    try {
      return isCsv(file) ? CsvRows.open(file) : JsonlRows.open(file);
    } catch (IOException e) {
      throw Texts.unreadable(file.toString(), e);
    }
  }

  static boolean isCsv(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }
}
