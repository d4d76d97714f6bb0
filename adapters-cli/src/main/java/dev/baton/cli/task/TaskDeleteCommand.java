package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.core.client.AdminClient;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code baton task delete}. */
@Command
final class TaskDeleteCommand extends BulkCommand {

  TaskDeleteCommand(CliContext context) {
    super(
        context,
        Words.of("Remove tasks with all that belongs to them, whoever holds them."),
        "delete",
        true);
  }

  @Override
  int move(List<TaskId> wanted) {
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
