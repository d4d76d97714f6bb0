package dev.baton.cli.batch;

import dev.baton.cli.shared.Batches;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.PageOption;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Watch;
import dev.baton.core.port.BatchServer;
import dev.baton.core.port.BatchServer.Batch;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton batch list}. */
@Command(
    name = "list",
    description = "List batches, newest first.",
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
  @Mixin private final PageOption page = new PageOption();
  @Mixin private final Watch watch = new Watch();

  BatchListCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    int index = page.index();
    try (BatchServer server = where.batches(context)) {
      watch.show(context, talk, () -> print(server.list(index)));
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
