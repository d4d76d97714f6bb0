package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskView;
import dev.baton.core.client.TaskView.PastAttempt;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton task attempts}. */
@Command(
    name = "attempts",
    description = "List the attempts on a task that are over: who, when, and how they ended.",
    exitCodeList = {"0:the list was printed, which may be empty", ExitCodes.NOT_FOUND_LINE})
final class AttemptsCommand extends ServerCommand {

  @Parameters(paramLabel = "TASK", arity = "1", description = "The task's id.")
  private TaskId id = new TaskId("none");

  AttemptsCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (TaskClient server = where.reading().open(context)) {
      TaskView task = server.find(id).orElseThrow(() -> GetCommand.unknown(id));
      print(task.history());
      return ExitCodes.OK;
    }
  }

  private void print(List<PastAttempt> attempts) {
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("taskId", id.value())
              .put("attempts", attempts.stream().map(TaskJson::past).toList())
              .toMap());
    } else if (attempts.isEmpty()) {
      console.say("no attempt is over yet");
    } else {
      new Table<PastAttempt>()
          .column("N", PastAttempt::number)
          .column("OUTCOME", past -> Values.word(past.outcome()))
          .column("WORKER", PastAttempt::worker)
          .column("ERROR", past -> past.failure().map(failure -> failure.code()).orElse(""))
          .column("ENDED", PastAttempt::endedAt)
          .column("STARTED", PastAttempt::startedAt)
          .print(attempts, context, console);
    }
  }
}
