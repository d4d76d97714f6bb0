package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClient.Edit;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.task.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton task edit}. */
@Command(
    name = "edit",
    description = "Change a task that waits; what is not named stays as it is.",
    exitCodeList = {"0:the task was changed", ExitCodes.NOT_FOUND_LINE, ExitCodes.CONFLICT_LINE})
final class EditCommand extends ServerCommand {

  @Parameters(paramLabel = "TASK", arity = "1", description = "The task's id.")
  private TaskId id = new TaskId("none");

  @Option(names = "--text", paramLabel = "PROMPT", description = "What it asks.")
  private Optional<String> text = Optional.empty();

  @Option(names = "--meta", paramLabel = "JSON", description = "Its metadata, an object.")
  private Optional<Metadata> metadata = Optional.empty();

  @Option(names = "--priority", paramLabel = "WORD", description = "low, normal, high or urgent.")
  private Optional<Priority> priority = Optional.empty();

  @Option(names = "--start-at", paramLabel = "INSTANT", description = "Not before this instant.")
  private Optional<Instant> startAt = Optional.empty();

  @Option(names = "--deadline", paramLabel = "INSTANT", description = "Dead after this instant.")
  private Optional<Instant> deadline = Optional.empty();

  EditCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Edit edit = new Edit(text, metadata, priority, startAt, deadline);
    if (edit.equals(
        new Edit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()))) {
      throw CommandFailure.usage("name what to change, such as --priority high");
    }
    try (TaskClient server = where.open(context)) {
      return Moves.each(List.of(id), task -> server.edit(task, edit), console);
    }
  }
}
