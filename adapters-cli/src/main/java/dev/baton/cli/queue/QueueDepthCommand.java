package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Watch;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.AdminClient.Queue;
import dev.baton.core.domain.id.QueueName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton queue depth}. */
@Command(
    name = "depth",
    description = "Print how many tasks of a queue are in line, as a bare number.",
    exitCodeList = "0:the number was printed")
final class QueueDepthCommand extends ServerCommand {
  @Mixin private final Watch watch = new Watch();

  @Parameters(
      paramLabel = "QUEUE",
      arity = "0..1",
      defaultValue = "default",
      description = "The queue (default: ${DEFAULT-VALUE}).")
  private QueueName name = QueueName.DEFAULT;

  QueueDepthCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (AdminClient server = where.reading().admin(context)) {
      watch.show(context, console, () -> print(depth(server)));
    }
    return ExitCodes.OK;
  }

  private Queue depth(AdminClient server) {
    return server.queues().stream()
        .filter(queue -> queue.name().equals(name))
        .findFirst()
        .orElseGet(() -> new Queue(name, 0, 0, 0, false));
  }

  private void print(Queue queue) {
    if (console.json()) {
      console.print(QueueText.json(queue));
    } else {
      console.print(Long.toString(queue.ready()));
    }
  }
}
