package dev.baton.cli.batch;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.client.BatchClient.Change;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.task.Priority;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton batch set}. */
@Command(
    name = "set",
    description = "Change a batch, also while it runs; its tasks that wait follow.",
    exitCodeList = {"0:the batch was changed", "4:there is no such batch", "5:the batch is over"})
final class BatchSetCommand extends ServerCommand {

  @Parameters(paramLabel = "BATCH", arity = "1", description = "The batch's id.")
  private BatchId id = new BatchId("none");

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Rows that may run at once, 1 to 1000.")
  private Optional<Integer> concurrency = Optional.empty();

  @Option(names = "--priority", paramLabel = "WORD", description = "low, normal, high or urgent.")
  private Optional<Priority> priority = Optional.empty();

  @Option(
      names = "--deadline",
      paramLabel = "INSTANT",
      description = "What has no answer by then is dead.")
  private Optional<Instant> deadline = Optional.empty();

  BatchSetCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (concurrency.isEmpty() && priority.isEmpty() && deadline.isEmpty()) {
      throw CommandFailure.usage("name what to change, such as --concurrency 10");
    }
    if (concurrency.filter(n -> n < 1 || n > BatchConfig.CONCURRENCY_MAX).isPresent()) {
      throw CommandFailure.usage("--concurrency is from 1 to " + BatchConfig.CONCURRENCY_MAX);
    }
    try (BatchClient server = where.batches(context)) {
      Batch batch = server.change(id, new Change(concurrency, priority, deadline));
      if (console.json()) {
        console.print(Batches.json(batch));
      }
      console.say("batch " + id + " was changed; it is " + Values.word(batch.state()));
    }
    return ExitCodes.OK;
  }
}
