package dev.baton.cli.batch;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Consent;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.domain.id.BatchId;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton batch cancel} and {@code delete}: they ask first. */
@Command(
    description = "End a batch with all its tasks; asks first and says how many they are.",
    exitCodeList = {
      "0:done; all its tasks follow",
      "4:there is no such batch",
      "5:the batch is in another state",
    })
final class BatchEndCommand extends ServerCommand {
  private final String verb;
  private final BiFunction<BatchClient, BatchId, Batch> move;

  @Mixin private final Consent consent = new Consent();

  @Parameters(paramLabel = "BATCH", arity = "1", description = "The batch's id.")
  private BatchId id = new BatchId("none");

  BatchEndCommand(CliContext context, String verb, BiFunction<BatchClient, BatchId, Batch> move) {
    super(context);
    this.verb = verb;
    this.move = move;
  }

  @Override
  public Integer call() {
    try (BatchClient server = where.batches(context)) {
      long tasks = server.find(id).counts().total();
      consent.require(
          "%s batch %s with %d tasks".formatted(verb, id, tasks), context.terminal(), console);
      Batch batch = move.apply(server, id);
      if (console.json()) {
        console.print(Batches.json(batch));
      }
      console.say(verb + " of batch " + id + ": done, " + tasks + " tasks");
    }
    return ExitCodes.OK;
  }
}
