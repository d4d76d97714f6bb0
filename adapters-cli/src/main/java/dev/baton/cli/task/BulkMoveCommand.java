package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskState;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;

/** {@code baton task cancel} and {@code baton task redrive}. */
@Command
final class BulkMoveCommand extends BulkCommand {
  private final BiFunction<TaskClient, TaskId, TaskState.Kind> move;

  BulkMoveCommand(
      CliContext context,
      String verb,
      String description,
      BiFunction<TaskClient, TaskId, TaskState.Kind> move) {
    super(context, Words.of(description), verb, false);
    this.move = move;
  }

  @Override
  int move(List<TaskId> wanted) {
    try (TaskClient server = where.open(context)) {
      return Moves.each(wanted, id -> move.apply(server, id), console);
    }
  }
}
