package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code baton task cancel}. */
@Command(
    name = "cancel",
    description = "Call tasks off; whoever holds one is told with the next call.")
final class TaskCancelCommand extends BulkCommand {

  TaskCancelCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return move("cancel", false, this::cancel);
  }

  private int cancel(List<TaskId> wanted) {
    try (TaskClient server = where.open(context)) {
      return Moves.each(wanted, server::cancel, console);
    }
  }
}
