package dev.baton.cli.batch;

import dev.baton.cli.run.Destination;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.BatchClient;
import dev.baton.core.domain.id.BatchId;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton batch results}. */
@Command(
    name = "results",
    description = "Write how the rows of a batch came out, in their order; also while it runs.",
    exitCodeList = {"0:written", "4:there is no such batch", ExitCodes.CANNOT_WRITE_LINE})
final class BatchResultsCommand extends ServerCommand {

  @Parameters(paramLabel = "BATCH", arity = "1", description = "The batch's id.")
  private BatchId id = new BatchId("none");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      defaultValue = "-",
      description = "Where to (default: -, which is standard output).")
  private Path output = Path.of("-");

  @Mixin private final ResultOptions results = new ResultOptions();

  BatchResultsCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (Destination out = results.open(output, console);
        BatchClient server = where.reading().batches(context)) {
      out.write(server, id, results.format(output));
    }
    return ExitCodes.OK;
  }
}
