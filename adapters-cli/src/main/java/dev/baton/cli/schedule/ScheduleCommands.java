package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** {@code baton schedule}. */
public final class ScheduleCommands {

  private ScheduleCommands() {}

  /** The group with its commands. */
  public static CommandLine of(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put("list", new ScheduleListCommand(context));
    commands.put("show", new ScheduleShowCommand(context));
    commands.put("add", new ScheduleAddCommand(context));
    commands.put("edit", new ScheduleEditCommand(context));
    commands.put("enable", new ScheduleTurnCommand(context, true));
    commands.put("disable", new ScheduleTurnCommand(context, false));
    commands.put("run", new ScheduleRunCommand(context));
    commands.put("runs", new ScheduleRunsCommand(context));
    commands.put("dry-run", new ScheduleDryRunCommand(context));
    commands.put("delete", new ScheduleDeleteCommand(context));
    return Group.of("schedule", "Schedules: files that become batches at set times.", commands);
  }
}
