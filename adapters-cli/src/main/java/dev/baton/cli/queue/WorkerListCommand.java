package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.AdminClient.Held;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code baton worker list}. */
@Command(
    name = "list",
    description = "List who holds which task since when, and until when: at most 1000 leases.")
final class WorkerListCommand extends TableCommand<Held> {

  WorkerListCommand(CliContext context) {
    super(
        context,
        new Shape<>(
            "leases",
            "nobody holds a task",
            WorkerListCommand::json,
            new Table<Held>()
                .column("WORKER", Held::worker)
                .column("TASK", Held::task)
                .column("UNTIL", Held::until)
                .column("SINCE", Held::since)
                .column("QUEUE", Held::queue)
                .column("ATTEMPT", Held::attempt)));
  }

  @Override
  public Integer call() throws InterruptedException {
    try (AdminClient server = where.reading().admin(context)) {
      return show(server::held);
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
