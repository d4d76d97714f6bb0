package dev.baton.cli.batch;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.domain.id.BatchId;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton batch start}, {@code pause}, {@code resume} and {@code retry}. */
@Command(
    description = "Move a batch on; doing it again changes nothing.",
    exitCodeList = {"0:done", "4:there is no such batch", "5:the batch is in another state"})
final class BatchMoveCommand extends ServerCommand {
  private final BiFunction<BatchClient, BatchId, Batch> move;

  @Parameters(paramLabel = "BATCH", arity = "1", description = "The batch's id.")
  private BatchId id = new BatchId("none");

  BatchMoveCommand(CliContext context, BiFunction<BatchClient, BatchId, Batch> move) {
    super(context);
    this.move = move;
  }

  @Override
  public Integer call() {
    try (BatchClient server = where.batches(context)) {
      Batch batch = move.apply(server, id);
      if (console.json()) {
        console.print(Batches.json(batch));
      }
      console.say("batch " + id + " is " + Values.word(batch.state()));
    }
    return ExitCodes.OK;
  }
}
