package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import dev.baton.core.client.AdminClient;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** {@code baton queue}, {@code baton worker} and {@code baton model}. */
public final class QueueCommands {

  private QueueCommands() {}

  /** {@code baton queue}. */
  public static CommandLine queue(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put("list", new QueueListCommand(context));
    commands.put("depth", new QueueDepthCommand(context));
    commands.put("pause", new QueueTurnCommand(context, "paused", AdminClient::pause));
    commands.put("resume", new QueueTurnCommand(context, "resumed", AdminClient::resume));
    return Group.of("queue", "Queues: how full they are, and whether they hand out.", commands);
  }

  /** {@code baton model}. */
  public static CommandLine model(CliContext context) {
    return Group.of(
        "model", "Models: who is asked.", Map.of("list", new ModelListCommand(context)));
  }

  /** {@code baton worker}. */
  public static CommandLine worker(CliContext context) {
    return Group.of(
        "worker", "Workers: who holds what.", Map.of("list", new WorkerListCommand(context)));
  }
}
