package dev.baton.cli.run;

import dev.baton.cli.shared.Values;
import dev.baton.core.domain.input.CsvWriter;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.rows.CsvReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;

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
    return CsvWriter.guarded(
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

  @Override
  public void read(Reader reader, Sink written) throws IOException {
    CsvReader records = new CsvReader(reader);
    try {
      if (!records.next().map(CsvReader.Cells::values).equals(Optional.of(COLUMNS))) {
        throw notOurs();
      }
      for (var next = records.next(); next.isPresent(); next = records.next()) {
        written.accept(written(next.get().values()));
      }
    } catch (CsvReader.BrokenException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Written written(List<String> cells) throws IOException {
    if (cells.size() != COLUMNS.size() || !cells.get(0).matches("[1-9][0-9]{0,8}")) {
      throw notOurs();
    }
    return new Written(
        Integer.parseInt(cells.get(0)),
        cells.get(COLUMNS.indexOf("task_id")),
        Values.word(TaskState.Kind.SUCCEEDED).equals(cells.get(COLUMNS.indexOf("status"))),
        CsvWriter.plain(cells));
  }

  private static IOException notOurs() {
    return new IOException("its columns are not those of a run");
  }
}
