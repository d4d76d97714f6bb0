package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton redrive}. */
@Command(
    name = "redrive",
    description = "Give dead or cancelled tasks all their attempts again.",
    exitCodeList = {
      "0:all wait again",
      ExitCodes.NOT_FOUND_LINE,
      ExitCodes.CONFLICT_LINE,
      "80:some tasks were moved and some were not",
    })
public final class RedriveCommand extends ServerCommand {
  @Parameters(arity = "1..*", paramLabel = "TASK", description = "The ids of the tasks.")
  private List<TaskId> ids = List.of();

  public RedriveCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (TaskClient server = where.open(context)) {
      return Moves.each(ids, server::redrive, console);
    }
  }
}
