package dev.baton.cli.run;

import com.fasterxml.jackson.databind.MappingIterator;
import dev.baton.cli.shared.Values;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Usage;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * CSV (RFC 4180) that a spreadsheet may open: a cell that would be taken for a formula gets an
 * apostrophe before it, so an answer that must be kept to the letter belongs in JSON Lines.
 */
final class CsvFormat implements LineFormat {
  private static final List<String> COLUMNS =
      List.of(
          "row",
          "id",
          "task_id",
          "status",
          "answer",
          "error_code",
          "error_message",
          "prompt_tokens",
          "completion_tokens",
          "total_tokens",
          "completed_at");
  private static final String FORMULA_STARTS = "=+-@\t\r";

  @Override
  public String head() {
    return String.join(",", COLUMNS) + "\r\n";
  }

  @Override
  public boolean quotes() {
    return true;
  }

  @Override
  public String format(AnswerLine line) {
    Optional<Completion> completion = line.answer().completion();
    Optional<Usage> usage = completion.flatMap(Completion::usage);
    Optional<Failure> failure = line.answer().failure();
    return record(
        List.of(
            Integer.toString(line.row()),
            line.label().orElse(""),
            line.taskId().value(),
            Values.word(line.answer().state()),
            completion.map(Completion::content).orElse(""),
            failure.map(Failure::code).orElse(""),
            failure.map(Failure::message).orElse(""),
            usage.map(tokens -> Long.toString(tokens.promptTokens())).orElse(""),
            usage.map(tokens -> Long.toString(tokens.completionTokens())).orElse(""),
            usage.map(tokens -> Long.toString(tokens.totalTokens())).orElse(""),
            line.answer().endedAt().map(Object::toString).orElse("")));
  }

  private static String record(List<String> cells) {
    return cells.stream().map(CsvFormat::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  @Override
  public void read(Reader reader, Sink written) throws IOException {
    try (MappingIterator<Map<String, String>> rows = CsvRows.rows(reader)) {
      while (rows.hasNextValue()) {
        written.accept(written(rows.nextValue()));
      }
    }
  }

  private static Written written(Map<String, String> cells) throws IOException {
    String row = cells.getOrDefault("row", "");
    if (!cells.keySet().containsAll(COLUMNS) || !row.matches("[1-9][0-9]{0,8}")) {
      throw new IOException("its columns are not those of a run");
    }
    String text =
        COLUMNS.stream()
            .map(name -> cell(cells.getOrDefault(name, "")))
            .collect(Collectors.joining(","));
    return new Written(
        Integer.parseInt(row),
        cells.getOrDefault("task_id", ""),
        Values.word(TaskState.Kind.SUCCEEDED).equals(cells.get("status")),
        text + "\r\n");
  }
}
