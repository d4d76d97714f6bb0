package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Texts;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClient.Kept;
import dev.baton.core.domain.schedule.ScheduleId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton schedule show}. */
@Command(
    description = "Show a schedule: when it fires, and what it does then.",
    exitCodeList = {"0:the schedule was shown", "4:there is no such schedule"})
final class ScheduleShowCommand extends ServerCommand {

  @Parameters(paramLabel = "SCHEDULE", arity = "1", description = "The schedule's id.")
  private ScheduleId id = new ScheduleId("none");

  ScheduleShowCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (ScheduleClient server = where.reading().schedules(context)) {
      Kept kept = server.find(id);
      if (console.json()) {
        console.print(ScheduleText.json(kept));
      } else {
        console.print(Texts.harmless(ScheduleText.text(kept)));
      }
    }
    return ExitCodes.OK;
  }
}
