package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.port.WorkServer;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code baton task cancel}. */
@Command(
    name = "cancel",
    description = "Call tasks off; whoever holds one is told with the next call.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:all are cancelled",
      ExitCodes.USAGE_LINE,
      ExitCodes.NOT_FOUND_LINE,
      ExitCodes.CONFLICT_LINE,
      "80:some tasks were moved and some were not",
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class TaskCancelCommand extends BulkCommand {

  TaskCancelCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    List<TaskId> wanted = wanted("cancel", false);
    if (wanted.isEmpty()) {
      return ExitCodes.OK;
    }
    try (WorkServer server = where.open(context)) {
      return Moves.each(wanted, server::cancel, talk);
    }
  }
}
