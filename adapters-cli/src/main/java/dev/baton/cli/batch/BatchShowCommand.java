package dev.baton.cli.batch;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.Watch;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.client.BatchClient.Details;
import dev.baton.core.domain.id.BatchId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton batch show}. */
@Command(
    name = "show",
    description = "Show how far a batch came, and why nothing of it moves if nothing does.",
    exitCodeList = {"0:the batch was shown", "4:there is no such batch"})
final class BatchShowCommand extends ServerCommand {
  private final Table<Batch> table = Batches.table();

  @Mixin private final Watch watch = new Watch();

  @Parameters(paramLabel = "BATCH", arity = "1", description = "The batch's id.")
  private BatchId id = new BatchId("none");

  BatchShowCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (BatchClient server = where.reading().batches(context)) {
      watch.show(context, console, () -> print(server.details(id)));
    }
    return ExitCodes.OK;
  }

  private void print(Details details) {
    if (console.json()) {
      console.print(Batches.json(details));
    } else {
      table.print(List.of(details.batch()), context, console);
      console.print(Batches.terms(details));
    }
  }
}
