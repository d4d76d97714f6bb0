package dev.baton.cli.batch;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Created;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton batch create}. */
@Command(
    name = "create",
    description = "Make a batch of a file, all rows or none; it waits until it is started.",
    exitCodeList = {"0:the batch is there", "5:another batch has this id"})
final class BatchCreateCommand extends ServerCommand {
  @Mixin private final BatchInputOptions input = new BatchInputOptions();

  BatchCreateCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (BatchClient server = where.batches(context)) {
      Created made = input.make(server, context.terminal(), console);
      if (console.json()) {
        console.print(Batches.json(made));
      } else {
        console.print(made.batch().id().value());
      }
    }
    return ExitCodes.OK;
  }
}
