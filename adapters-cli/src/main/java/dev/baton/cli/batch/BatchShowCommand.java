package dev.baton.cli.batch;

import dev.baton.cli.shared.Batches;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Watch;
import dev.baton.core.domain.task.BatchId;
import dev.baton.core.port.BatchServer;
import dev.baton.core.port.BatchServer.Batch;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton batch show}. */
@Command(
    name = "show",
    description = "Show how far a batch came.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:the batch was shown",
      ExitCodes.USAGE_LINE,
      "4:there is no such batch",
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class BatchShowCommand extends ServerCommand {
  @Mixin private final Watch watch = new Watch();

  @Parameters(paramLabel = "BATCH", arity = "1", description = "The batch's id.")
  private BatchId id = new BatchId("none");

  BatchShowCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (BatchServer server = where.batches(context)) {
      watch.show(context, talk, () -> print(server.find(id)));
    }
    return ExitCodes.OK;
  }

  private void print(Batch batch) {
    if (talk.json()) {
      talk.print(Batches.json(batch));
    } else {
      talk.print(Batches.table().text(List.of(batch), context.around().width()));
    }
  }
}
