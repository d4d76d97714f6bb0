package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.Watch;
import dev.baton.core.port.AdminServer;
import dev.baton.core.port.AdminServer.Held;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton worker list}. */
@Command(
    name = "list",
    description = "List who holds which task since when, and until when: at most 1000 leases.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:the list was printed, which may be empty",
      ExitCodes.USAGE_LINE,
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class WorkerListCommand extends ServerCommand {
  @Mixin private final Watch watch = new Watch();

  WorkerListCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (AdminServer server = where.admin(context)) {
      watch.show(context, talk, () -> print(server.held()));
    }
    return ExitCodes.OK;
  }

  private void print(List<Held> leases) {
    if (talk.json()) {
      talk.print(
          new Jsons.Members()
              .put("leases", leases.stream().map(WorkerListCommand::json).toList())
              .toMap());
    } else if (leases.isEmpty()) {
      talk.say("nobody holds a task");
    } else {
      talk.print(
          new Table<Held>()
              .column("WORKER", Held::worker)
              .column("TASK", Held::task)
              .column("UNTIL", Held::until)
              .column("SINCE", Held::since)
              .column("QUEUE", Held::queue)
              .column("ATTEMPT", Held::attempt)
              .text(leases, context.around().width()));
    }
  }

  private static Map<String, Object> json(Held held) {
    return new Jsons.Members()
        .put("worker", held.worker().value())
        .put("taskId", held.task().value())
        .put("queue", held.queue().value())
        .put("attempt", held.attempt())
        .put("since", held.since().toString())
        .put("until", held.until().toString())
        .toMap();
  }
}
