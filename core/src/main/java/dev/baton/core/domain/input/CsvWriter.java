package dev.baton.core.domain.input;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes records of CSV as RFC 4180 has them: cells in quotes where they need them, lines that end
 * with CR LF. Holds no state.
 */
public final class CsvWriter {
  /** What spreadsheets take for the beginning of a formula. */
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private CsvWriter() {}

  /** A record whose cells may hold anything: no spreadsheet will take one for a formula. */
  public static String guarded(List<String> cells) {
    return cells.stream()
        .map(CsvWriter::guarded)
        .map(CsvWriter::quoted)
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  /** A record of cells as they are, such as those that were guarded before. */
  public static String plain(List<String> cells) {
    return cells.stream().map(CsvWriter::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String guarded(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + text : text;
  }

  private static String quoted(String text) {
    boolean bare = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return bare ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
