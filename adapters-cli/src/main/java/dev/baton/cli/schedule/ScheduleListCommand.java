package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.PageOption;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Table;
import dev.baton.core.port.ScheduleServer;
import dev.baton.core.port.ScheduleServer.Line;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton schedule list}. */
@Command(
    description = "List schedules, newest first.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:the list was printed, which may be empty",
      ExitCodes.USAGE_LINE,
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class ScheduleListCommand extends ServerCommand {
  @Mixin private final PageOption page = new PageOption();

  ScheduleListCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    int index = page.index();
    try (ScheduleServer server = where.schedules(context)) {
      print(server.list(index));
    }
    return ExitCodes.OK;
  }

  private void print(List<Line> lines) {
    if (talk.json()) {
      talk.print(
          new Jsons.Members()
              .put("schedules", lines.stream().map(ScheduleText::json).toList())
              .toMap());
    } else if (lines.isEmpty()) {
      talk.say("no schedules");
    } else {
      talk.print(
          new Table<Line>()
              .column("SCHEDULE", Line::id)
              .column("STATE", line -> line.active() ? "enabled" : "disabled")
              .column("CRON", Line::cron)
              .column("NAME", Line::name)
              .column("NEXT RUN", line -> line.nextRun().map(Object::toString).orElse("-"))
              .column("LAST RUN", line -> line.lastRun().map(Object::toString).orElse("-"))
              .text(lines, context.around().width()));
    }
  }
}
