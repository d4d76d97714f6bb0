package dev.baton.http.in.runner.schedule;

import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.usecase.task.Replacement;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Change;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.batch.TaskConfig;
import dev.baton.http.in.runner.shared.Filled;
import dev.baton.http.in.runner.shared.ModelCheck;
import java.time.ZoneId;
import java.util.Optional;

/** What is to change of a schedule. */
@Change(immutable = {"id", "createdAt", "lastRun", "nextRun"})
record ScheduleEdit(
    @Doc("For people.") @Bounds(min = 1, max = Plan.NAME_MAX) Optional<String> name,
    @Doc(value = "Cron, 5 fields or 6 with a second.", example = "0 12 * * *")
        @Bounds(min = 1, max = NewSchedule.CRON_MAX)
        Optional<String> schedule,
    @Doc("Extension. Whose time it speaks of.") Optional<ZoneId> timezone,
    @Doc("Under the server's files.root.") @Bounds(min = 1, max = Plan.PATH_MAX)
        Optional<String> inputFile,
    @Doc("Results; {date} and {run} are filled in. null: none are written.")
        @Bounds(max = Plan.PATH_MAX)
        Replacement<String> outputFile,
    @Doc("Extension. Whether a file may be replaced.") Optional<Boolean> overwrite,
    @Doc("Checks and estimates, and asks no model.") Optional<Boolean> isDryRun,
    @Doc("Whether it fires.") Optional<Boolean> isActive,
    @Doc("Extension. Firings missed.") Optional<Plan.Missed> missedRuns,
    @Doc("Extension. A run is not over.") Optional<Plan.Overlap> overlap,
    @Doc("How the tasks of its batches are done; what is absent stays as it is.")
        Optional<TaskConfig> config) {
  static final Body<ScheduleEdit> BODY = Body.of(ScheduleEdit.class);

  ScheduleEdit {
    Filled.check("name", name);
    Filled.check("inputFile", inputFile);
    Filled.check("outputFile", outputFile.value());
  }

  /** What a plan is like with the members that are there. */
  Plan over(Plan plan, ModelCheck models) {
    return new Plan(
        name.orElse(plan.name()),
        schedule.map(Cron::parse).orElse(plan.cron()),
        timezone.orElse(plan.zone()),
        new Plan.Files(
            inputFile.orElse(plan.files().input()),
            outputFile.of(plan.files().output()),
            overwrite.orElse(plan.files().overwrite())),
        config.map(c -> c.over(plan.config(), models)).orElse(plan.config()),
        isDryRun.orElse(plan.dryRun()),
        isActive.orElse(plan.active()),
        new Plan.Rules(
            missedRuns.orElse(plan.rules().missed()), overlap.orElse(plan.rules().overlap())));
  }
}
