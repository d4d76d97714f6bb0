package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClient.Kept;
import dev.baton.core.domain.schedule.ScheduleId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton schedule enable} and {@code disable}. */
@Command(
    description = "Let a schedule fire, or not; doing it again changes nothing.",
    exitCodeList = {"0:done", "4:there is no such schedule"})
final class ScheduleTurnCommand extends ServerCommand {
  private final boolean active;

  @Parameters(paramLabel = "SCHEDULE", arity = "1", description = "The schedule's id.")
  private ScheduleId id = new ScheduleId("none");

  ScheduleTurnCommand(CliContext context, boolean active) {
    super(context);
    this.active = active;
  }

  @Override
  public Integer call() {
    try (ScheduleClient server = where.schedules(context)) {
      Kept kept = server.setActive(id, active);
      if (console.json()) {
        console.print(ScheduleText.json(kept));
      }
      console.say(
          kept.nextRun()
              .map(at -> "schedule " + id + " fires next at " + at)
              .orElse("schedule " + id + " is disabled"));
    }
    return ExitCodes.OK;
  }
}
