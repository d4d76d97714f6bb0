package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Where;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton redrive}. */
@Command(
    name = "redrive",
    description = "Give dead or cancelled tasks all their attempts again.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:all wait again",
      ExitCodes.USAGE_LINE,
      ExitCodes.NOT_FOUND_LINE,
      ExitCodes.CONFLICT_LINE,
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE,
      "80:some tasks were moved and some were not"
    })
public final class RedriveCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Where where = new Where();
  @Mixin private final Output console = new Output();

  @Parameters(arity = "1..*", paramLabel = "TASK", description = "The ids of the tasks.")
  private List<TaskId> ids = List.of();

  public RedriveCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (TaskClient server = where.open(context)) {
      return Moves.each(ids, server::redrive, console);
    }
  }
}
