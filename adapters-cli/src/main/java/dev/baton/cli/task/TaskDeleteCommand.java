package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.core.client.AdminClient;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code baton task delete}. */
@Command(
    name = "delete",
    description = "Remove tasks with all that belongs to them, whoever holds them.")
final class TaskDeleteCommand extends BulkCommand {

  TaskDeleteCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return move("delete", true, this::delete);
  }

  private int delete(List<TaskId> wanted) {
    try (AdminClient server = where.admin(context)) {
      return Moves.words(
          wanted,
          id -> {
            server.delete(id);
            return "deleted";
          },
          console);
    }
  }
}
