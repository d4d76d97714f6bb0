package dev.baton.cli.schedule;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Texts;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClient.Report;
import dev.baton.core.domain.error.InvalidRowsException.Problem;
import dev.baton.core.domain.schedule.ScheduleId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton schedule dry-run}. */
@Command(
    description = "Check what a run would ask of models, and ask none.",
    exitCodeList = {
      "2:wrong usage, or a row is refused: all that was found follows",
      "4:there is no such schedule",
      "66:the input, or the database, is missing",
      ExitCodes.DRY_RUN_OK_LINE,
    })
final class ScheduleDryRunCommand extends ServerCommand {

  @Parameters(paramLabel = "SCHEDULE", arity = "1", description = "The schedule's id.")
  private ScheduleId id = new ScheduleId("none");

  ScheduleDryRunCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (ScheduleClient server = where.reading().schedules(context)) {
      Report report = server.dryRun(id);
      if (console.json()) {
        console.print(json(report));
      } else {
        console.print(Texts.harmless(text(report)));
      }
      return report.valid() ? ExitCodes.DRY_RUN_OK : ExitCodes.USAGE;
    }
  }

  private static Map<String, Object> json(Report report) {
    Jsons.Members members =
        new Jsons.Members()
            .put("valid", report.valid())
            .put("rows", report.rows())
            .put("invalidRows", report.invalid())
            .put("estimatedPromptTokens", report.promptTokens())
            .put("maxCompletionTokens", report.completionTokens())
            .put("unboundedRows", report.unbounded());
    report.cost().ifPresent(cost -> members.put("estimatedCost", cost));
    return members
        .put("nextRuns", report.nextRuns().stream().map(Instant::toString).toList())
        .put("problems", report.problems().stream().map(ScheduleDryRunCommand::json).toList())
        .toMap();
  }

  private static Map<String, Object> json(Problem problem) {
    return new Jsons.Members()
        .put("line", problem.line())
        .put("message", problem.message())
        .toMap();
  }

  private static String text(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add("rows:    %d, of which %d are refused".formatted(report.rows(), report.invalid()));
    lines.add(
        "tokens:  about %d in prompts, at most %d in answers%s"
            .formatted(
                report.promptTokens(),
                report.completionTokens(),
                report.unbounded() == 0
                    ? ""
                    : ", and " + report.unbounded() + " rows without a bound"));
    lines.add(
        "cost:    "
            + (report.cost().isPresent()
                ? String.format(Locale.ROOT, "at most $%.4f", report.cost().getAsDouble())
                : "can't be told: a model has no price, or an answer no bound"));
    report.nextRuns().forEach(time -> lines.add("next:    " + time));
    report
        .problems()
        .forEach(problem -> lines.add("line " + problem.line() + ": " + problem.message()));
    return String.join("\n", lines);
  }
}
