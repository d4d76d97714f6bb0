package dev.baton.cli.shared;

import dev.baton.core.domain.id.QueueName;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of commands that take work from queues. */
public final class Queues {

  @Option(
      names = "--queue",
      paramLabel = "NAME",
      split = ",",
      description = "From these queues, whatever goes first (default: default,integration).")
  private List<QueueName> names = List.of(QueueName.DEFAULT, QueueName.INTEGRATION);

  public List<QueueName> names() {
    return names;
  }
}
