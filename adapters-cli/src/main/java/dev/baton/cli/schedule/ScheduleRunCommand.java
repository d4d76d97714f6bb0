package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClient.Run;
import dev.baton.core.domain.schedule.ScheduleId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton schedule run}. */
@Command(
    description = "Ask for a run now, whether the schedule fires or not.",
    exitCodeList = {
      "0:the run was asked for; its id follows",
      "2:wrong usage, or too many runs are not over",
      "4:there is no such schedule",
    })
final class ScheduleRunCommand extends ServerCommand {

  @Parameters(paramLabel = "SCHEDULE", arity = "1", description = "The schedule's id.")
  private ScheduleId id = new ScheduleId("none");

  ScheduleRunCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (ScheduleClient server = where.schedules(context)) {
      Run run = server.run(id);
      if (console.json()) {
        console.print(ScheduleText.json(run));
      } else {
        console.print(run.id());
      }
      console.say("a server works on it; 'baton schedule runs " + id + "' tells what became of it");
    }
    return ExitCodes.OK;
  }
}
