package dev.baton.http.in.runner.schedule;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.batch.TaskConfig;
import dev.baton.http.in.runner.shared.Pagination;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule with all that it was made with. */
@Doc(value = "A scheduled task with all that it was made with.", name = "ScheduledTask")
record ScheduleView(
    @JsonUnwrapped Line line,
    @Doc("When it was made.") Instant createdAt,
    @Doc("Whose time it speaks of.") ZoneId timezone,
    @Doc("Under the server's files.root.") String inputFile,
    @Doc("Results; {date} and {run} are filled in.") @Nullable String outputFile,
    @Doc("Whether a file may be replaced.") boolean overwrite,
    @Doc("Whether it only checks and estimates.") boolean isDryRun,
    @Doc("Firings missed.") Plan.Missed missedRuns,
    @Doc("A run is not over.") Plan.Overlap overlap,
    @Doc("How the tasks of its batches are done.") TaskConfig config) {

  /** One that was made. */
  @Doc(value = "A scheduled task that was made.", name = "CreatedScheduledTask")
  record Created(
      @Doc(value = "Its id.", example = "sched-001") String id,
      @Doc(value = "For people.", example = "Daily Report Generator") String name,
      @Doc(value = "Its cron expression.", example = "0 9 * * *") String schedule,
      @Doc("Whether it fires.") boolean isActive,
      @Doc("When it was made.") Instant createdAt,
      @Doc("When it fires next.") @Nullable Instant nextRun) {
    static Created of(Schedule schedule) {
      return new Created(
          schedule.id().value(),
          schedule.plan().name(),
          schedule.plan().cron().toString(),
          schedule.plan().active(),
          schedule.createdAt(),
          schedule.nextRun().orElse(null));
    }
  }

  /** One in a list. */
  @Doc(value = "A scheduled task in a list.", name = "ScheduledTaskLine")
  record Line(
      @Doc(value = "Its id.", example = "sched-001") String id,
      @Doc(value = "For people.", example = "Daily Report Generator") String name,
      @Doc(value = "Its cron expression.", example = "0 9 * * *") String schedule,
      @Doc("Whether it fires.") boolean isActive,
      @Doc("When it fired last.") @Nullable Instant lastRun,
      @Doc("When it fires next.") @Nullable Instant nextRun) {
    static Line of(Schedule schedule) {
      return new Line(
          schedule.id().value(),
          schedule.plan().name(),
          schedule.plan().cron().toString(),
          schedule.plan().active(),
          schedule.lastRun().orElse(null),
          schedule.nextRun().orElse(null));
    }
  }

  /** One page of them. */
  @Doc(value = "", name = "ScheduledTaskPage")
  record Page(
      @Doc("The scheduled tasks.") List<Line> tasks,
      @Doc("Which page this is.") Pagination pagination) {}

  /** One that was enabled or disabled. */
  @Doc(value = "", name = "ScheduledTaskState")
  record Active(
      @Doc(value = "Its id.", example = "sched-001") String id,
      @Doc("Whether it fires.") boolean isActive) {}

  static ScheduleView of(Schedule schedule) {
    Plan plan = schedule.plan();
    return new ScheduleView(
        Line.of(schedule),
        schedule.createdAt(),
        plan.zone(),
        plan.files().input(),
        plan.files().output().orElse(null),
        plan.files().overwrite(),
        plan.dryRun(),
        plan.rules().missed(),
        plan.rules().overlap(),
        TaskConfig.of(plan.config()));
  }
}
