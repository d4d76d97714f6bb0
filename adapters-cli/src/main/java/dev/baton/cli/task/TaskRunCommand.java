package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.port.AdminServer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code baton task run}. */
@Command(
    name = "run",
    description = "Let tasks be worked on at once, before all that waits.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:all are next in line",
      ExitCodes.USAGE_LINE,
      ExitCodes.NOT_FOUND_LINE,
      ExitCodes.CONFLICT_LINE,
      "80:some tasks were moved and some were not",
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class TaskRunCommand extends BulkCommand {
  @Option(names = "--force", description = "Run tasks again that have their answer, too.")
  private boolean force;

  TaskRunCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    List<TaskId> wanted = wanted("run", false);
    if (wanted.isEmpty()) {
      return ExitCodes.OK;
    }
    try (AdminServer server = where.admin(context)) {
      return Moves.words(
          wanted,
          id -> {
            server.run(id, force);
            return "next";
          },
          talk);
    }
  }
}
