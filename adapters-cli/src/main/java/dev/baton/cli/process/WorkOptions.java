package dev.baton.cli.process;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a program is put to work.
 *
 * @param command the program with its arguments
 * @param lease how long a prompt is held at a time; extended every third of it
 * @param timeout how long one prompt may take
 * @param permanentExits exit codes after which another attempt is pointless
 * @param patience ends when nothing was ready for so long; empty: never
 * @param once ends after one prompt
 * @param models those that it answers for; empty: any
 * @param input what it finds on its standard input
 */
public record WorkOptions(
    List<String> command,
    List<QueueName> queues,
    WorkerId worker,
    Duration lease,
    Optional<Duration> timeout,
    Set<Integer> permanentExits,
    Optional<Duration> patience,
    boolean once,
    List<ModelName> models,
    Input input) {

  /** What a program finds on its standard input. */
  public enum Input {
    /** The prompt, or the conversation as one text. */
    TEXT,
    /** All that is asked, as one object of JSON. */
    JSON
  }

  public WorkOptions {
    command = List.copyOf(command);
    queues = List.copyOf(queues);
    models = List.copyOf(models);
    permanentExits = Set.copyOf(permanentExits);
  }
}
