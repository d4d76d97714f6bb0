package dev.baton.cli.shared;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
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

  @Option(
      names = "--model",
      paramLabel = "NAME",
      split = ",",
      description = "For these models only; by default for any.")
  private List<String> models = List.of();

  /** The models that tasks are taken for; empty: any. */
  public List<ModelName> models() {
    for (String model : models) {
      if (!ModelName.isValid(model)) {
        throw CommandFailure.usage("--model: a name is 1 to 128 of A-Z a-z 0-9 . _ : / @ + -");
      }
    }
    return models.stream().map(ModelName::new).toList();
  }

  public List<QueueName> names() {
    return names;
  }
}
