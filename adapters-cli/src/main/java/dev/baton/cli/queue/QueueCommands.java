package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import dev.baton.core.port.AdminServer;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** {@code baton queue} and {@code baton worker}. */
public final class QueueCommands {

  private QueueCommands() {}

  /** {@code baton queue}. */
  public static CommandLine queue(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put("list", new QueueListCommand(context));
    commands.put("depth", new QueueDepthCommand(context));
    commands.put("pause", new QueueTurnCommand(context, "paused", AdminServer::pause));
    commands.put("resume", new QueueTurnCommand(context, "resumed", AdminServer::resume));
    return Group.of("queue", "Queues: how full they are, and whether they hand out.", commands);
  }

  /** {@code baton worker}. */
  public static CommandLine worker(CliContext context) {
    return Group.of(
        "worker", "Workers: who holds what.", Map.of("list", new WorkerListCommand(context)));
  }
}
