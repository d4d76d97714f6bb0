package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClient.Run;
import dev.baton.core.domain.schedule.ScheduleId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton schedule runs}. */
@Command(
    description = "List what came of a schedule's firings, newest first.",
    exitCodeList = {"0:the list was printed, which may be empty", "4:there is no such schedule"})
final class ScheduleRunsCommand extends TableCommand<Run> {
  @Mixin private final Page page = new Page();

  @Parameters(paramLabel = "SCHEDULE", arity = "1", description = "The schedule's id.")
  private ScheduleId id = new ScheduleId("none");

  ScheduleRunsCommand(CliContext context) {
    super(
        context,
        new Shape<>(
            "runs",
            "no runs",
            ScheduleText::json,
            new Table<Run>()
                .column("RUN", Run::id)
                .column("STATE", run -> Values.word(run.progress().state()))
                .column("SCHEDULED FOR", Run::nominal)
                .column("DONE", run -> run.progress().counts().completed())
                .column("FAILED", run -> run.progress().counts().failed())
                .column("TOTAL", run -> run.progress().counts().total())
                .column("ERROR", run -> run.progress().error().orElse("-"))
                .column("BATCH", Run::batch)));
  }

  @Override
  public Integer call() throws InterruptedException {
    int index = page.index();
    try (ScheduleClient server = where.reading().schedules(context)) {
      return show(() -> server.runs(id, index));
    }
  }
}
