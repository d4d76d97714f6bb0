package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.cli.shared.TableCommand.Shape;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.AdminClient.Held;
import dev.baton.core.client.AdminClient.Queue;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** {@code baton queue}, {@code baton worker} and {@code baton model}. */
public final class QueueCommands {

  private QueueCommands() {}

  /** {@code baton queue}. */
  public static CommandLine queue(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put("list", queues(context));
    commands.put("depth", new QueueDepthCommand(context));
    commands.put(
        "pause",
        new QueueTurnCommand(
            context,
            "paused",
            "Keep queues from handing out; what is leased goes on.",
            AdminClient::pause));
    commands.put(
        "resume",
        new QueueTurnCommand(
            context, "resumed", "Let paused queues hand out again.", AdminClient::resume));
    return Group.of("queue", "Queues: how full they are, and whether they hand out.", commands);
  }

  /** {@code baton model}. */
  public static CommandLine model(CliContext context) {
    return Group.of(
        "model", "Models: who is asked.", Map.of("list", new ModelListCommand(context)));
  }

  /** {@code baton worker}. */
  public static CommandLine worker(CliContext context) {
    return Group.of("worker", "Workers: who holds what.", Map.of("list", leases(context)));
  }

  private static Object queues(CliContext context) {
    Table<Queue> table =
        new Table<Queue>()
            .column("QUEUE", Queue::name)
            .column("READY", Queue::ready)
            .column("LEASED", Queue::leased)
            .column("HELD", Queue::held)
            .column("STATE", queue -> queue.paused() ? "paused" : "open");
    return TableCommand.all(
        context,
        "List queues: how many tasks wait for a gate, are in line, and are worked on.",
        new Shape<>("queues", "no queues", QueueText::json, table),
        server -> server.admin().queues());
  }

  private static Object leases(CliContext context) {
    Table<Held> table =
        new Table<Held>()
            .column("WORKER", Held::worker)
            .column("TASK", Held::task)
            .column("UNTIL", Held::until)
            .column("SINCE", Held::since)
            .column("QUEUE", Held::queue)
            .column("ATTEMPT", Held::attempt);
    return TableCommand.all(
        context,
        "List who holds which task since when, and until when: at most 1000 leases.",
        new Shape<>("leases", "nobody holds a task", QueueCommands::json, table),
        server -> server.admin().held());
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
