package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import dev.baton.core.client.TaskClient;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** {@code baton task}. */
public final class TaskCommands {

  private TaskCommands() {}

  /** The group with its commands. */
  public static CommandLine of(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put("list", new ListCommand(context));
    commands.put("show", new GetCommand(context));
    commands.put("attempts", new AttemptsCommand(context));
    commands.put("edit", new EditCommand(context));
    commands.put(
        "cancel",
        new BulkMoveCommand(
            context,
            "cancel",
            "Call tasks off; whoever holds one is told with the next call.",
            TaskClient::cancel));
    commands.put(
        "redrive",
        new BulkMoveCommand(
            context,
            "redrive",
            "Give dead or cancelled tasks all their attempts again, by their ids or state.",
            TaskClient::redrive));
    commands.put("run", new TaskRunCommand(context));
    commands.put("delete", new TaskDeleteCommand(context));
    return Group.of("task", "Tasks: look at them, change them, move many at once.", commands);
  }
}
