package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.Watch;
import dev.baton.core.port.AdminServer;
import dev.baton.core.port.AdminServer.Queue;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton queue list}. */
@Command(
    name = "list",
    description = "List queues: how many tasks wait for a gate, are in line, and are worked on.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:the list was printed",
      ExitCodes.USAGE_LINE,
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class QueueListCommand extends ServerCommand {
  @Mixin private final Watch watch = new Watch();

  QueueListCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (AdminServer server = where.admin(context)) {
      watch.show(context, talk, () -> print(server.queues()));
    }
    return ExitCodes.OK;
  }

  private void print(List<Queue> queues) {
    if (talk.json()) {
      talk.print(
          new Jsons.Members()
              .put("queues", queues.stream().map(QueueListCommand::json).toList())
              .toMap());
      return;
    }
    talk.print(
        new Table<Queue>()
            .column("QUEUE", Queue::name)
            .column("READY", Queue::ready)
            .column("LEASED", Queue::leased)
            .column("HELD", Queue::held)
            .column("STATE", queue -> queue.paused() ? "paused" : "open")
            .text(queues, context.around().width()));
  }

  static Map<String, Object> json(Queue queue) {
    return new Jsons.Members()
        .put("queue", queue.name().value())
        .put("held", queue.held())
        .put("ready", queue.ready())
        .put("leased", queue.leased())
        .put("paused", queue.paused())
        .toMap();
  }
}
