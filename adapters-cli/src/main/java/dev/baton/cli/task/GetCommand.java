package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Values;
import dev.baton.cli.shared.Watch;
import dev.baton.core.client.TaskAnswer;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton get}. */
@Command(
    name = "get",
    description = "Show a task: its state, why it waits, its history and its answer.",
    exitCodeList = {
      "0:the task was shown",
      "3:with --answer: there is no answer yet",
      ExitCodes.NOT_FOUND_LINE,
      "5:with --answer: the task is over without one",
    })
public final class GetCommand extends ServerCommand {
  private static final Duration POLL = Duration.ofMillis(200);

  @Mixin private final Watch watch = new Watch();

  @Parameters(paramLabel = "TASK", arity = "1", description = "The task's id.")
  private TaskId id = new TaskId("none");

  @Option(names = "--answer", description = "Print the answer alone, as it is.")
  private boolean answerOnly;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "Wait up to so long until the task is over.")
  private Duration wait = Duration.ZERO;

  public GetCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (answerOnly && watch.isWanted()) {
      throw CommandFailure.usage("--answer waits with --wait, not with --watch");
    }
    try (TaskClient server = where.reading().open(context)) {
      if (!wait.isZero()) {
        awaitEnd(server, id);
      }
      if (answerOnly) {
        return printAnswer(found(server, id));
      }
      watch.show(context, console, () -> print(found(server, id)));
      return ExitCodes.OK;
    }
  }

  private static TaskView found(TaskClient server, TaskId id) {
    return server.find(id).orElseThrow(() -> unknown(id));
  }

  private void awaitEnd(TaskClient server, TaskId id) throws InterruptedException {
    Instant end = context.clock().instant().plus(wait);
    StopSignal stop = context.terminal().stop();
    boolean over;
    do {
      TaskAnswer answer =
          Optional.ofNullable(server.answers(List.of(id)).get(id)).orElseThrow(() -> unknown(id));
      over = answer.state().isTerminal();
    } while (!over && context.clock().instant().isBefore(end) && !stop.await(POLL));
  }

  private void print(TaskView task) {
    if (console.json()) {
      console.print(TaskJson.of(task));
    } else {
      console.print(TaskText.of(task));
    }
  }

  private int printAnswer(TaskView task) {
    TaskState.Kind state = task.answer().state();
    if (task.answer().completion().isPresent()) {
      if (console.json()) {
        console.print(TaskJson.of(task));
      } else {
        console.printRaw(task.answer().completion().get().content());
      }
      return ExitCodes.OK;
    }
    String sentence = "task %s is %s".formatted(task.id(), Values.word(state));
    if (state.isTerminal()) {
      throw new CommandFailure(ExitCodes.CONFLICT, "NO_ANSWER", sentence + " without an answer");
    }
    String why = task.waiting().map(waiting -> ": " + waiting.sentence()).orElse("");
    throw new CommandFailure(ExitCodes.NOTHING_READY, "NO_ANSWER_YET", sentence + why);
  }

  static CommandFailure unknown(TaskId id) {
    return new CommandFailure(
        ExitCodes.NOT_FOUND, "TASK_NOT_FOUND", "there is no task " + id + ": see 'baton list'");
  }
}
