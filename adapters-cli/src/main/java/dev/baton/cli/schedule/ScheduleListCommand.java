package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.PageOption;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClient.Line;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton schedule list}. */
@Command(description = "List schedules, newest first.")
final class ScheduleListCommand extends TableCommand<Line> {
  @Mixin private final PageOption page = new PageOption();

  ScheduleListCommand(CliContext context) {
    super(
        context,
        new Shape<>(
            "schedules",
            "no schedules",
            ScheduleText::json,
            new Table<Line>()
                .column("SCHEDULE", Line::id)
                .column("STATE", line -> line.active() ? "enabled" : "disabled")
                .column("CRON", Line::cron)
                .column("NAME", Line::name)
                .column("NEXT RUN", line -> line.nextRun().map(Object::toString).orElse("-"))
                .column("LAST RUN", line -> line.lastRun().map(Object::toString).orElse("-"))));
  }

  @Override
  public Integer call() throws InterruptedException {
    int index = page.index();
    try (ScheduleClient server = where.reading().schedules(context)) {
      return show(() -> server.list(index));
    }
  }
}
