package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.port.AdminServer;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code baton task delete}. */
@Command(
    name = "delete",
    description = "Remove tasks with all that belongs to them, whoever holds them.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:all are gone",
      ExitCodes.USAGE_LINE,
      ExitCodes.NOT_FOUND_LINE,
      ExitCodes.CONFLICT_LINE,
      "80:some tasks were moved and some were not",
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class TaskDeleteCommand extends BulkCommand {

  TaskDeleteCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    List<TaskId> wanted = wanted("delete", true);
    if (wanted.isEmpty()) {
      return ExitCodes.OK;
    }
    try (AdminServer server = where.admin(context)) {
      return Moves.words(
          wanted,
          id -> {
            server.delete(id);
            return "deleted";
          },
          talk);
    }
  }
}
