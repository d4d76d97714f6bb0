package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code baton task redrive}. */
@Command(name = "redrive", description = "Give dead or cancelled tasks all their attempts again.")
final class TaskRedriveCommand extends BulkCommand {

  TaskRedriveCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return move("redrive", false, this::redrive);
  }

  private int redrive(List<TaskId> wanted) {
    try (TaskClient server = where.open(context)) {
      return Moves.each(wanted, server::redrive, console);
    }
  }
}
