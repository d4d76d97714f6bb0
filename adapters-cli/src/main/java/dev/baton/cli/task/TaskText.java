package dev.baton.cli.task;

import static dev.baton.cli.shared.Texts.harmless;
import static dev.baton.cli.shared.Values.word;

import dev.baton.cli.shared.Table;
import dev.baton.core.client.TaskClient.Summary;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;

/** Tasks as the commands show them to people. */
final class TaskText {
  private TaskText() {}

  static Table<Summary> table() {
    return new Table<Summary>()
        .column("TASK", Summary::id)
        .column("STATE", task -> word(task.state()))
        .column("ATTEMPTS", Summary::attempts)
        .column("QUEUE", Summary::queue)
        .column("PRIORITY", task -> word(task.priority()))
        .column("SUBMITTED", Summary::submittedAt)
        .column("WORKER", task -> task.worker().map(WorkerId::value).orElse(""));
  }

  /** For a terminal: what matters most comes first, and is left out last. */
  static Table<Summary> tableWithExcerpts() {
    return new Table<Summary>()
        .column("TASK", Summary::id)
        .column("STATE", task -> word(task.state()))
        .column("SUBMITTED", Summary::submittedAt)
        .column("ATTEMPTS", Summary::attempts)
        .column("QUEUE", Summary::queue)
        .column("WORKER", task -> task.worker().map(WorkerId::value).orElse(""))
        .column("PRIORITY", task -> word(task.priority()))
        .excerpt("PROMPT", task -> task.excerpt().orElse(""));
  }

  /** All of a task, a line for each thing there is to tell. */
  static String of(TaskView task) {
    StringBuilder text = new StringBuilder();
    line(text, "task", task.id().value());
    line(text, "state", word(task.answer().state()));
    task.waiting().ifPresent(wait -> line(text, "waits", wait.sentence()));
    line(text, "queue", task.terms().queue() + ", " + word(task.terms().priority()) + " priority");
    task.terms().model().ifPresent(model -> line(text, "model", model.value()));
    task.terms().batch().ifPresent(batch -> line(text, "batch", batch.value()));
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
    task.answer().completion().ifPresent(answer -> answer(text, answer));
    task.alternatives().forEach(other -> block(text, "another answer", other.content()));
    return text.toString().stripTrailing();
  }

  private static void answer(StringBuilder text, Completion answer) {
    answer
        .modelAnswer()
        .ifPresent(
            said -> {
              line(text, "answered by", said.model().value());
              line(text, "ended with", harmless(said.finishReason()));
              said.reasoning().ifPresent(thoughts -> block(text, "reasoning", thoughts));
              said.refusal().ifPresent(words -> block(text, "refusal", words));
              said.toolCalls().ifPresent(calls -> block(text, "tool calls", calls));
            });
    block(text, "answer", answer.content());
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
