package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClient.Kept;
import dev.baton.core.domain.schedule.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton schedule add}. */
@Command(
    description = "Add a schedule: a file that becomes a batch at set times. It may come later.",
    exitCodeList = {
      "0:the schedule was added; its id follows",
      "2:wrong usage, or the expression or a path is refused",
    })
final class ScheduleAddCommand extends ServerCommand {
  @Mixin private final PlanOptions options = new PlanOptions();

  @Option(names = "--disabled", description = "It does not fire before it is enabled.")
  private boolean disabled;

  ScheduleAddCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Plan plan = options.made(!disabled);
    try (ScheduleClient server = where.schedules(context)) {
      Kept kept = server.add(plan);
      if (console.json()) {
        console.print(ScheduleText.json(kept));
      } else {
        console.print(kept.id().value());
      }
      kept.nextRun().ifPresent(at -> console.say("it fires next at " + at));
    }
    return ExitCodes.OK;
  }
}
