package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.Consent;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClient.Summary;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.TaskRows.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves the tasks that are named, or all that an option selects after it was asked about. */
@Command(
    exitCodeList = {
      "0:all were moved",
      ExitCodes.NOT_FOUND_LINE,
      ExitCodes.CONFLICT_LINE,
      BulkCommand.PARTIAL_LINE,
    })
abstract class BulkCommand extends ServerCommand {
  static final String PARTIAL_LINE = "80:some tasks were moved and some were not";
  private static final int SELECTED_MAX = 100_000;

  private final String verb;
  private final boolean asksAlways;

  @Mixin private final Consent consent = new Consent();

  @Parameters(arity = "0..*", paramLabel = "TASK", description = "The ids of the tasks.")
  private List<TaskId> ids = List.of();

  @Option(
      names = "--state",
      paramLabel = "WORD",
      description = "Instead of ids: all in this state, up to 100000.")
  private Optional<TaskState.Kind> state = Optional.empty();

  @Option(names = "--queue", paramLabel = "NAME", description = "With --state: of this queue only.")
  private Optional<QueueName> queue = Optional.empty();

  /**
   * A command that asks whoever selects many before it does {@code verb} with them.
   *
   * @param asksAlways whether who names them is asked, too
   */
  BulkCommand(CliContext context, Words words, String verb, boolean asksAlways) {
    super(context, words);
    this.verb = verb;
    this.asksAlways = asksAlways;
  }

  /** Moves one task or more, and gives the exit code. */
  abstract int move(List<TaskId> wanted);

  @Override
  public final Integer call() {
    List<TaskId> wanted = wanted();
    return wanted.isEmpty() ? ExitCodes.OK : move(wanted);
  }

  private List<TaskId> wanted() {
    if (ids.isEmpty() == state.isEmpty() || (queue.isPresent() && state.isEmpty())) {
      throw CommandFailure.usage("name tasks, or select them with --state and --queue");
    }
    List<TaskId> wanted = state.isPresent() ? selected() : ids;
    if (!wanted.isEmpty() && (asksAlways || state.isPresent())) {
      consent.require(
          verb + " " + (wanted.size() == 1 ? "1 task" : wanted.size() + " tasks"),
          context.terminal(),
          console);
    }
    return wanted;
  }

  private List<TaskId> selected() {
    List<TaskId> found = new ArrayList<>();
    try (TaskClient server = where.open(context)) {
      long before = Long.MAX_VALUE;
      List<Summary> page;
      do {
        page = server.list(new Filter(state, queue), before, TaskClient.BATCH_MAX);
        page.forEach(task -> found.add(task.id()));
        before = page.isEmpty() ? before : page.get(page.size() - 1).seq();
      } while (page.size() == TaskClient.BATCH_MAX && found.size() < SELECTED_MAX);
    }
    if (found.isEmpty()) {
      console.say("no task is in that state");
    }
    return found;
  }
}
