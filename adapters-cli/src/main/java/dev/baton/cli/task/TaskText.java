package dev.baton.cli.task;

import static dev.baton.cli.shared.Texts.harmless;
import static dev.baton.cli.shared.Values.word;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.WorkerId;
import dev.baton.core.port.TaskView;
import dev.baton.core.port.WorkServer.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Tasks as the commands show them to people. */
final class TaskText {
  private static final int ID_WIDTH = 36;
  private static final int NAME_WIDTH = 18;
  private static final int PADDING = 2;
  private static final int ALL_WITHOUT_WORKER = 115;

  private TaskText() {}

  /** A table no wider than {@code width}, as far as ids can be shown in that. */
  static String table(List<Summary> tasks, int width) {
    int room = Math.max(0, width - ALL_WITHOUT_WORKER);
    List<ColumnOf> columns =
        new ArrayList<>(
            List.of(
                new ColumnOf("TASK", ID_WIDTH, task -> task.id().value()),
                new ColumnOf("STATE", 9, task -> word(task.state())),
                new ColumnOf("QUEUE", NAME_WIDTH, task -> task.queue().value()),
                new ColumnOf("ATTEMPTS", 8, task -> Integer.toString(task.attempts()))));
    if (width >= ALL_WITHOUT_WORKER) {
      columns.add(new ColumnOf("PRIORITY", 8, task -> word(task.priority())));
      columns.add(new ColumnOf("SUBMITTED", 24, task -> task.submittedAt().toString()));
    }
    if (room >= "WORKER".length() + PADDING) {
      columns.add(
          new ColumnOf(
              "WORKER",
              Math.min(room - PADDING, ID_WIDTH),
              task -> task.worker().map(WorkerId::value).orElse("")));
    }
    String table =
        AsciiTable.builder()
            .border(AsciiTable.NO_BORDERS)
            .data(tasks, columns.stream().map(ColumnOf::column).toList())
            .asString();
    // Without borders the padding stands alone.
    return table.replaceAll("(?m)^ | +$", "").strip();
  }

  private record ColumnOf(String name, int width, Function<Summary, String> value) {
    ColumnData<Summary> column() {
      return new Column()
          .header(name)
          .headerAlign(HorizontalAlign.LEFT)
          .dataAlign(HorizontalAlign.LEFT)
          .maxWidth(width + PADDING, OverflowBehaviour.ELLIPSIS_RIGHT)
          .with(value);
    }
  }

  /** All of a task, a line for each thing there is to tell. */
  static String of(TaskView task) {
    StringBuilder text = new StringBuilder();
    line(text, "task", task.id().value());
    line(text, "state", word(task.answer().state()));
    task.waiting().ifPresent(wait -> line(text, "waits", wait.sentence()));
    line(text, "queue", task.terms().queue() + ", " + word(task.terms().priority()) + " priority");
    line(text, "submitted", task.terms().submittedAt().toString());
    task.terms().deadline().ifPresent(at -> line(text, "deadline", at.toString()));
    task.terms().dedupeKey().ifPresent(key -> line(text, "dedupe key", harmless(key)));
    line(
        text,
        "attempts",
        task.run().attempts() + task.terms().maxAttempts().map(max -> " of " + max).orElse(""));
    task.history().forEach(past -> line(text, "  attempt " + past.number(), past(past)));
    task.run()
        .lease()
        .ifPresent(lease -> line(text, "lease", lease.id() + " by " + lease.holder()));
    task.run()
        .progress()
        .ifPresent(p -> line(text, "progress", p.percent() + " % " + harmless(p.note())));
    task.answer().endedAt().ifPresent(at -> line(text, "over since", at.toString()));
    task.answer().failure().ifPresent(failure -> line(text, "error", failure(failure)));
    if (!task.prompt().metadata().isEmpty()) {
      line(text, "metadata", harmless(task.prompt().metadata().json()));
    }
    block(text, "prompt", task.prompt().text());
    task.answer().completion().ifPresent(answer -> block(text, "answer", answer.content()));
    task.alternatives().forEach(other -> block(text, "another answer", other.content()));
    return text.toString().stripTrailing();
  }

  private static String past(TaskView.PastAttempt past) {
    return word(past.outcome())
        + " at "
        + past.endedAt()
        + " by "
        + past.worker()
        + past.failure().map(failure -> ": " + failure(failure)).orElse("");
  }

  private static String failure(Failure failure) {
    return harmless(failure.code() + ": " + failure.message().strip());
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-12s %s%n".formatted(name, value));
  }

  private static void block(StringBuilder text, String name, String value) {
    text.append(name).append(System.lineSeparator());
    harmless(value)
        .lines()
        .forEach(line -> text.append("  ").append(line).append(System.lineSeparator()));
  }
}
