package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.PageOption;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.Values;
import dev.baton.cli.shared.Watch;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.port.ScheduleServer;
import dev.baton.core.port.ScheduleServer.Run;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton schedule runs}. */
@Command(
    description = "List what came of a schedule's firings, newest first.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:the list was printed, which may be empty",
      ExitCodes.USAGE_LINE,
      "4:there is no such schedule",
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class ScheduleRunsCommand extends ServerCommand {
  @Mixin private final PageOption page = new PageOption();
  @Mixin private final Watch watch = new Watch();

  @Parameters(paramLabel = "SCHEDULE", arity = "1", description = "The schedule's id.")
  private ScheduleId id = new ScheduleId("none");

  ScheduleRunsCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    int index = page.index();
    try (ScheduleServer server = where.schedules(context)) {
      watch.show(context, talk, () -> print(server.runs(id, index)));
    }
    return ExitCodes.OK;
  }

  private void print(List<Run> runs) {
    if (talk.json()) {
      talk.print(
          new Jsons.Members().put("runs", runs.stream().map(ScheduleText::json).toList()).toMap());
    } else if (runs.isEmpty()) {
      talk.say("no runs");
    } else {
      talk.print(
          new Table<Run>()
              .column("RUN", Run::id)
              .column("STATE", run -> Values.word(run.progress().state()))
              .column("SCHEDULED FOR", Run::nominal)
              .column("DONE", run -> run.progress().counts().completed())
              .column("FAILED", run -> run.progress().counts().failed())
              .column("TOTAL", run -> run.progress().counts().total())
              .column("ERROR", run -> run.progress().error().orElse("-"))
              .column("BATCH", Run::batch)
              .text(runs, context.around().width()));
    }
  }
}
