package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskState;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton cancel} and {@code baton redrive}. */
@Command
public final class MoveCommand extends ServerCommand {
  private final BiFunction<TaskClient, TaskId, TaskState.Kind> move;

  @Parameters(arity = "1..*", paramLabel = "TASK", description = "The ids of the tasks.")
  private List<TaskId> ids = List.of();

  private MoveCommand(
      CliContext context, Words words, BiFunction<TaskClient, TaskId, TaskState.Kind> move) {
    super(context, words);
    this.move = move;
  }

  public static MoveCommand cancel(CliContext context) {
    return new MoveCommand(
        context,
        words("Call tasks off, whoever holds them.", "0:all are cancelled"),
        TaskClient::cancel);
  }

  public static MoveCommand redrive(CliContext context) {
    return new MoveCommand(
        context,
        words("Give dead or cancelled tasks all their attempts again.", "0:all wait again"),
        TaskClient::redrive);
  }

  private static Words words(String description, String done) {
    return Words.of(
        description,
        done,
        ExitCodes.NOT_FOUND_LINE,
        ExitCodes.CONFLICT_LINE,
        BulkCommand.PARTIAL_LINE);
  }

  @Override
  public Integer call() {
    try (TaskClient server = where.open(context)) {
      return Moves.each(ids, id -> move.apply(server, id), console);
    }
  }
}
