package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import dev.baton.cli.shared.ItemCommand.Kind;
import dev.baton.cli.shared.ItemCommand.Told;
import dev.baton.cli.shared.ServerCommand.Words;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.cli.shared.TableCommand.Shape;
import dev.baton.core.client.ScheduleClient.Kept;
import dev.baton.core.client.ScheduleClient.Line;
import dev.baton.core.client.ScheduleClient.Run;
import dev.baton.core.domain.schedule.ScheduleId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** {@code baton schedule}. */
public final class ScheduleCommands {

  private static final Kind<ScheduleId> SCHEDULE = new Kind<>("SCHEDULE", ScheduleId.class);
  private static final String NOT_FOUND = "4:there is no such schedule";

  private ScheduleCommands() {}

  /** The group with its commands. */
  public static CommandLine of(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put("list", list(context));
    commands.put("show", show(context));
    commands.put("add", new ScheduleAddCommand(context));
    commands.put("edit", new ScheduleEditCommand(context));
    commands.put("enable", turn(context, true));
    commands.put("disable", turn(context, false));
    commands.put("run", run(context));
    commands.put("runs", new ScheduleRunsCommand(context));
    commands.put("dry-run", new ScheduleDryRunCommand(context));
    commands.put("delete", delete(context));
    return Group.of("schedule", "Schedules: files that become batches at set times.", commands);
  }

  private static Object list(CliContext context) {
    Table<Line> table =
        new Table<Line>()
            .column("SCHEDULE", Line::id)
            .column("STATE", line -> line.active() ? "enabled" : "disabled")
            .column("CRON", Line::cron)
            .column("NAME", Line::name)
            .column("NEXT RUN", line -> line.nextRun().<Object>map(at -> at).orElse("-"))
            .column("LAST RUN", line -> line.lastRun().<Object>map(at -> at).orElse("-"));
    return TableCommand.paged(
        context,
        "List schedules, newest first.",
        new Shape<>("schedules", "no schedules", ScheduleText::json, table),
        (server, page) -> server.schedules().list(page));
  }

  private static Object show(CliContext context) {
    return SCHEDULE.reading(
        context,
        Words.of(
            "Show a schedule: when it fires, and what it does then.",
            "0:the schedule was shown",
            NOT_FOUND),
        (server, id) -> {
          Kept kept = server.schedules().find(id);
          return Told.shown(ScheduleText.json(kept), ScheduleText.text(kept));
        });
  }

  private static Object turn(CliContext context, boolean active) {
    return SCHEDULE.command(
        context,
        Words.of(
            active
                ? "Let a schedule fire, from its next time on."
                : "Keep a schedule from firing; its runs go on.",
            "0:done; doing it again changes nothing",
            NOT_FOUND),
        (server, id) -> {
          Kept kept = server.schedules().setActive(id, active);
          return Told.done(ScheduleText.json(kept), ScheduleText.fires(kept));
        });
  }

  private static Object run(CliContext context) {
    return SCHEDULE.command(
        context,
        Words.of(
            "Ask for a run now, whether the schedule fires or not.",
            "0:the run was asked for; its id follows",
            "2:wrong usage, or too many runs are not over",
            NOT_FOUND),
        (server, id) -> {
          Run run = server.schedules().run(id);
          return new Told(
              ScheduleText.json(run),
              Optional.of(run.id()),
              Optional.of(
                  "a server works on it; 'baton schedule runs %s' tells what became of it"
                      .formatted(id)));
        });
  }

  private static Object delete(CliContext context) {
    return SCHEDULE.asking(
        context,
        Words.of(
            "Delete a schedule with its history; batches that it made go on. Asks first.",
            "0:the schedule was deleted",
            NOT_FOUND),
        (server, id) ->
            "delete the schedule '%s' with its history"
                .formatted(server.schedules().find(id).plan().name()),
        (server, id) -> {
          Kept kept = server.schedules().find(id);
          server.schedules().delete(id);
          return Told.done(ScheduleText.json(kept), "schedule " + id + " was deleted");
        });
  }
}
