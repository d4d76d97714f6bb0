package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.AdminClient.Queue;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code baton queue list}. */
@Command(
    name = "list",
    description = "List queues: how many tasks wait for a gate, are in line, and are worked on.")
final class QueueListCommand extends TableCommand<Queue> {

  QueueListCommand(CliContext context) {
    super(
        context,
        new Shape<>(
            "queues",
            "no queues",
            QueueListCommand::json,
            new Table<Queue>()
                .column("QUEUE", Queue::name)
                .column("READY", Queue::ready)
                .column("LEASED", Queue::leased)
                .column("HELD", Queue::held)
                .column("STATE", queue -> queue.paused() ? "paused" : "open")));
  }

  @Override
  public Integer call() throws InterruptedException {
    try (AdminClient server = where.reading().admin(context)) {
      return show(server::queues);
    }
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
