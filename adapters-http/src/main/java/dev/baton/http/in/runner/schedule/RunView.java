package dev.baton.http.in.runner.schedule;

import com.google.common.primitives.Longs;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.Holds;
import dev.baton.http.in.json.RawObject;
import dev.baton.http.in.runner.shared.Codes;
import dev.baton.http.in.runner.shared.Pagination;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of a schedule. */
@Doc(value = "A run of a scheduled task.", name = "ScheduledTaskRun")
record RunView(
    @Doc(value = "Its id.", example = "run-1") String id,
    @Doc("How far it came.") ScheduleRun.State status,
    @Doc("When it was due.") Instant scheduledFor,
    @Doc("Whether somebody asked for it.") boolean isManual,
    @Doc("When it was noticed.") Instant startedAt,
    @Doc("When it was over.") @Nullable Instant completedAt,
    @Doc("The batch that it makes.") String batchId,
    @Doc("Rows.") @Bounds(max = Integer.MAX_VALUE) long total,
    @Doc("With an answer.") @Bounds(max = Integer.MAX_VALUE) long completed,
    @Doc("Without one.") @Bounds(max = Integer.MAX_VALUE) long failed,
    @Doc("Why it failed.") @Nullable String error,
    @Doc("Of a dry run: as the reply of dry-run.") @Holds(value = DryRunView.class, more = false)
        @Nullable RawObject report) {
  private static final String PREFIX = "run-";

  /** One page of them. */
  @Doc(value = "", name = "ScheduledTaskRunPage")
  record Page(
      @Doc("The runs.") List<RunView> runs, @Doc("Which page this is.") Pagination pagination) {}

  static RunView of(ScheduleRun run) {
    ScheduleRun.Progress progress = run.progress();
    return new RunView(
        PREFIX + run.seq(),
        run.state(),
        run.nominal(),
        run.manual(),
        run.startedAt(),
        progress.endedAt().orElse(null),
        run.batch().value(),
        progress.counts().total(),
        progress.counts().completed(),
        progress.counts().failed(),
        progress.error().map(Codes::worded).orElse(null),
        progress.report().map(json -> new RawObject(json.strip())).orElse(null));
  }

  /** The number in a run's id; empty for what can't be one. */
  static Optional<Long> seq(String runId) {
    return runId.startsWith(PREFIX)
        ? Optional.ofNullable(Longs.tryParse(runId.substring(PREFIX.length())))
            .filter(seq -> runId.equals(PREFIX + seq))
        : Optional.empty();
  }
}
