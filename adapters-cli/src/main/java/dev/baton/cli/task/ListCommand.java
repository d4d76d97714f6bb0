package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.Watch;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClient.Summary;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.TaskRows.Filter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton list}. */
@Command(
    name = "list",
    description = "List tasks, newest first.",
    exitCodeList = "0:the list was printed, which may be empty")
public final class ListCommand extends ServerCommand {

  @Mixin private final Watch watch = new Watch();

  @Option(
      names = "--state",
      paramLabel = "WORD",
      description = "held, ready, leased, succeeded, dead or cancelled.")
  private Optional<TaskState.Kind> state = Optional.empty();

  @Option(names = "--queue", paramLabel = "NAME", description = "Of this queue only.")
  private Optional<QueueName> queue = Optional.empty();

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "50",
      description = "Tasks at most, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int max;

  @Option(
      names = "--before",
      paramLabel = "SEQ",
      description = "Only tasks older than this number: the 'next' of the page before.")
  private long before = Long.MAX_VALUE;

  public ListCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (max < 1 || max > TaskClient.BATCH_MAX) {
      throw CommandFailure.usage("--max is from 1 to " + TaskClient.BATCH_MAX);
    }
    try (TaskClient server = where.reading().open(context)) {
      watch.show(context, console, () -> show(server));
    }
    return ExitCodes.OK;
  }

  private void show(TaskClient server) {
    List<Summary> tasks = server.list(new Filter(state, queue), before, max, excerpt());
    Optional<Long> next =
        tasks.size() == max ? Optional.of(tasks.get(tasks.size() - 1).seq()) : Optional.empty();
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("tasks", tasks.stream().map(TaskJson::of).toList())
              .put("next", next)
              .toMap());
    } else {
      print(tasks, next);
    }
  }

  /** As much of a prompt as a line of the terminal has; a program is shown none. */
  private int excerpt() {
    boolean draws = context.terminal().draws() && !console.json();
    return draws ? Math.min(context.terminal().width(), TaskClient.EXCERPT_MAX) : 0;
  }

  private Table<Summary> table() {
    return context.terminal().draws() ? TaskText.tableWithExcerpts() : TaskText.table();
  }

  private void print(List<Summary> tasks, Optional<Long> next) {
    if (tasks.isEmpty()) {
      console.say("no tasks");
      return;
    }
    table().print(tasks, context, console);
    next.ifPresent(seq -> console.say("there may be more: --before " + seq));
  }
}
