package dev.baton.cli.schedule;

import dev.baton.cli.shared.BatchOptions;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is said of a schedule when it is made, and when it is changed. */
final class PlanOptions {
  @Mixin private final BatchOptions batch = new BatchOptions();

  @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--cron",
      paramLabel = "EXPRESSION",
      description = "When it fires, such as '0 9 * * MON-FRI' or @daily.")
  private Optional<String> cron = Optional.empty();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Whose local time that is, such as Europe/Berlin (default: UTC).")
  private Optional<String> zone = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "The rows: a path under the root of files, on the server's machine.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where results go, {date} and {run} filled in (default: they stay in the database).")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--overwrite",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether the output may replace a file (default: true).")
  private Optional<Boolean> overwrite = Optional.empty();

  @Option(
      names = "--dry-run",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether runs only check and estimate (default: false).")
  private Optional<Boolean> dryRun = Optional.empty();

  @Option(
      names = "--missed",
      paramLabel = "WORD",
      description = "What becomes of firings that no server was there for: once, none or all.")
  private Optional<Plan.Missed> missed = Optional.empty();

  @Option(
      names = "--overlap",
      paramLabel = "WORD",
      description = "When the run before is not over: skip, queue or allow.")
  private Optional<Plan.Overlap> overlap = Optional.empty();

  /** The plan that was described; when and of what must be named. */
  Plan made(boolean active) {
    if (cron.isEmpty() || input.isEmpty()) {
      throw CommandFailure.usage("name at least --cron and --input");
    }
    try {
      return over(
          new Plan(
              input.get(),
              Cron.parse(cron.get()),
              ZoneOffset.UTC,
              new Plan.Files(input.get(), Optional.empty(), true),
              BatchConfig.DEFAULT,
              false,
              active,
              Plan.Rules.DEFAULT),
          false);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The same as {@code before} but for what was named.
   *
   * @param withoutOutput whether results are to stay in the database from now on
   */
  Plan over(Plan before, boolean withoutOutput) {
    Plan.Files files = before.files();
    Optional<String> to = withoutOutput ? Optional.empty() : output.or(files::output);
    try {
      return new Plan(
          name.orElse(before.name()),
          cron.map(Cron::parse).orElse(before.cron()),
          zone.map(PlanOptions::zone).orElse(before.zone()),
          new Plan.Files(input.orElse(files.input()), to, overwrite.orElse(files.overwrite())),
          batch.over(before.config()),
          dryRun.orElse(before.dryRun()),
          before.active(),
          new Plan.Rules(
              missed.orElse(before.rules().missed()), overlap.orElse(before.rules().overlap())));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  boolean namesOutput() {
    return output.isPresent();
  }

  private static ZoneId zone(String name) {
    try {
      return name.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw CommandFailure.usage("'" + name + "' is no time zone: write it as Europe/Berlin");
    }
  }
}
