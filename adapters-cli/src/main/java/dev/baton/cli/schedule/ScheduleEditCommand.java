package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClient.Kept;
import dev.baton.core.domain.schedule.ScheduleId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton schedule edit}. */
@Command(
    description = "Change a schedule: what is not named stays as it is.",
    exitCodeList = {
      "0:the schedule is as asked for",
      "2:wrong usage, or the expression or a path is refused",
      "4:there is no such schedule",
    })
final class ScheduleEditCommand extends ServerCommand {
  @Mixin private final PlanOptions options = new PlanOptions();

  @Parameters(paramLabel = "SCHEDULE", arity = "1", description = "The schedule's id.")
  private ScheduleId id = new ScheduleId("none");

  @Option(names = "--no-output", description = "Results stay in the database from now on.")
  private boolean withoutOutput;

  ScheduleEditCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (withoutOutput && options.namesOutput()) {
      throw CommandFailure.usage("--output and --no-output exclude each other");
    }
    try (ScheduleClient server = where.schedules(context)) {
      Kept kept = server.change(id, plan -> options.over(plan, withoutOutput));
      if (console.json()) {
        console.print(ScheduleText.json(kept));
      }
      console.say(ScheduleText.fires(kept));
    }
    return ExitCodes.OK;
  }
}
