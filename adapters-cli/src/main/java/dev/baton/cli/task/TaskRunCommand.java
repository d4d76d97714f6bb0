package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.core.client.AdminClient;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code baton task run}. */
@Command
final class TaskRunCommand extends BulkCommand {
  @Option(names = "--force", description = "Run tasks again that have their answer, too.")
  private boolean force;

  TaskRunCommand(CliContext context) {
    super(
        context, Words.of("Let tasks be worked on at once, before all that waits."), "run", false);
  }

  @Override
  int move(List<TaskId> wanted) {
    try (AdminClient server = where.admin(context)) {
      return Moves.words(
          wanted,
          id -> {
            server.run(id, force);
            return "next";
          },
          console);
    }
  }
}
