package dev.baton.http.in.runner.schedule;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.batch.TaskConfig;
import dev.baton.http.in.runner.shared.Filled;
import dev.baton.http.in.runner.shared.ModelCheck;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A schedule to be made. */
record NewSchedule(
    @Doc(value = "For people.", example = "Daily Report Generator")
        @Bounds(min = 1, max = Plan.NAME_MAX)
        String name,
    @Doc(value = "Cron, 5 fields or 6 with a second.", example = "0 9 * * *")
        @Bounds(min = 1, max = CRON_MAX)
        String schedule,
    @Doc("Extension. Whose time it speaks of; UTC when absent.") Optional<ZoneId> timezone,
    @Doc(value = "Under the server's files.root.", example = "tasks.csv")
        @Bounds(min = 1, max = Plan.PATH_MAX)
        String inputFile,
    @Doc("Results; {date} and {run} are filled in.") @Bounds(max = Plan.PATH_MAX)
        Optional<String> outputFile,
    @Doc("Extension. Whether a file may be replaced; true when absent.")
        Optional<Boolean> overwrite,
    @Doc("Checks and estimates, and asks no model.") Optional<Boolean> isDryRun,
    @Doc("Whether it fires; true when absent.") Optional<Boolean> isActive,
    @Doc("Extension. Firings missed.") Optional<Plan.Missed> missedRuns,
    @Doc("Extension. A run is not over.") Optional<Plan.Overlap> overlap,
    @Doc("How the tasks of its batches are done.") Optional<TaskConfig> config) {
  static final Body<NewSchedule> BODY = Body.of(NewSchedule.class);

  /** More than a cron expression may have, so that the core says what is wrong with it. */
  static final int CRON_MAX = 32_768;

  NewSchedule {
    Filled.check("name", name);
    Filled.check("inputFile", inputFile);
    Filled.check("outputFile", outputFile);
  }

  Plan plan(ModelCheck models) {
    return new Plan(
        name,
        Cron.parse(schedule),
        timezone.orElse(ZoneOffset.UTC),
        new Plan.Files(inputFile, outputFile, overwrite.orElse(true)),
        config.map(c -> c.over(BatchConfig.DEFAULT, models)).orElse(BatchConfig.DEFAULT),
        isDryRun.orElse(false),
        isActive.orElse(true),
        new Plan.Rules(
            missedRuns.orElse(Plan.Rules.DEFAULT.missed()),
            overlap.orElse(Plan.Rules.DEFAULT.overlap())));
  }
}
