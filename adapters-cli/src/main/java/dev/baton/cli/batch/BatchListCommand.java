package dev.baton.cli.batch;

import dev.baton.cli.shared.Batches;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Watch;
import dev.baton.core.port.BatchServer;
import dev.baton.core.port.BatchServer.Batch;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton batch list}. */
@Command(
    name = "list",
    description = "List batches, newest first, 100 on a page.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:the list was printed, which may be empty",
      ExitCodes.USAGE_LINE,
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class BatchListCommand extends ServerCommand {
  private static final int PAGE_MAX = 1_000_000;

  @Mixin private final Watch watch = new Watch();

  @Option(
      names = "--page",
      paramLabel = "N",
      defaultValue = "1",
      description = "Counted from 1 (default: ${DEFAULT-VALUE}).")
  private int page;

  BatchListCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (page < 1 || page > PAGE_MAX) {
      throw CommandFailure.usage("--page is from 1 to " + PAGE_MAX);
    }
    try (BatchServer server = where.batches(context)) {
      watch.show(context, talk, () -> print(server.list(page - 1)));
    }
    return ExitCodes.OK;
  }

  private void print(List<Batch> batches) {
    if (talk.json()) {
      talk.print(
          new Jsons.Members().put("batches", batches.stream().map(Batches::json).toList()).toMap());
    } else if (batches.isEmpty()) {
      talk.say("no batches");
    } else {
      talk.print(Batches.table(batches, context.around().width()));
    }
  }
}
