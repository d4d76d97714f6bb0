package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Consent;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClient.Kept;
import dev.baton.core.domain.schedule.ScheduleId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton schedule delete}. */
@Command(
    description = "Delete a schedule with its history; batches that it made go on. Asks first.",
    exitCodeList = {"0:the schedule was deleted", "4:there is no such schedule"})
final class ScheduleDeleteCommand extends ServerCommand {
  @Mixin private final Consent consent = new Consent();

  @Parameters(paramLabel = "SCHEDULE", arity = "1", description = "The schedule's id.")
  private ScheduleId id = new ScheduleId("none");

  ScheduleDeleteCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (ScheduleClient server = where.schedules(context)) {
      Kept kept = server.find(id);
      consent.require(
          "delete the schedule '" + kept.plan().name() + "' with its history",
          context.terminal(),
          console);
      server.delete(id);
      if (console.json()) {
        console.print(ScheduleText.json(kept));
      }
      console.say("schedule " + id + " was deleted");
    }
    return ExitCodes.OK;
  }
}
