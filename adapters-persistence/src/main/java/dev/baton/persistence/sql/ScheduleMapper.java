package dev.baton.persistence.sql;

import com.google.common.collect.ImmutableBiMap;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** {@code schedule} and {@code schedule_run} rows, in and out. The codes: add, never change. */
final class ScheduleMapper {
  /** What may change comes first. */
  static final String COLUMNS =
      "name, cron, zone, input, output, overwrite, dry_run, active, missed, overlap, model,"
          + " temperature, max_tokens, max_retries, priority, deadline, queue, concurrency,"
          + " last_run, next_run, tenant, id, created_at, seq";

  static final String RUN_COLUMNS =
      "state, ended_at, total, completed, failed, error, report, tenant, schedule, nominal, manual,"
          + " started_at, seq";

  private static final ImmutableBiMap<Plan.Missed, Integer> MISSED =
      ImmutableBiMap.of(Plan.Missed.ONCE, 0, Plan.Missed.NONE, 1, Plan.Missed.ALL, 2);
  private static final ImmutableBiMap<Plan.Overlap, Integer> OVERLAP =
      ImmutableBiMap.of(Plan.Overlap.SKIP, 0, Plan.Overlap.QUEUE, 1, Plan.Overlap.ALLOW, 2);
  private static final ImmutableBiMap<ScheduleRun.State, Integer> STATES =
      ImmutableBiMap.of(
          ScheduleRun.State.PENDING, 0,
          ScheduleRun.State.RUNNING, 1,
          ScheduleRun.State.WRITING, 2,
          ScheduleRun.State.SUCCEEDED, 3,
          ScheduleRun.State.FAILED, 4,
          ScheduleRun.State.SKIPPED, 5);

  private ScheduleMapper() {}

  /** Twenty columns. */
  static void bind(PreparedStatement statement, Schedule schedule) throws SQLException {
    Plan plan = schedule.plan();
    statement.setString(1, plan.name());
    statement.setString(2, plan.cron().toString());
    statement.setString(3, plan.zone().getId());
    statement.setString(4, plan.files().input());
    Columns.set(statement, 5, plan.files().output().orElse(null));
    statement.setBoolean(6, plan.files().overwrite());
    statement.setBoolean(7, plan.dryRun());
    statement.setBoolean(8, plan.active());
    statement.setInt(9, known(MISSED.get(plan.rules().missed())));
    statement.setInt(10, known(OVERLAP.get(plan.rules().overlap())));
    BatchMapper.bindConfig(statement, 11, plan.config());
    Columns.set(statement, 19, schedule.lastRun().map(Instant::toEpochMilli).orElse(null));
    Columns.set(statement, 20, schedule.nextRun().map(Instant::toEpochMilli).orElse(null));
  }

  static Schedule read(ResultSet row) throws SQLException {
    Plan plan =
        new Plan(
            row.getString(1),
            Cron.parse(row.getString(2)),
            ZoneId.of(row.getString(3)),
            new Plan.Files(row.getString(4), Columns.text(row, 5), row.getBoolean(6)),
            BatchMapper.config(row, 11),
            row.getBoolean(7),
            row.getBoolean(8),
            new Plan.Rules(
                known(MISSED.inverse().get(row.getInt(9))),
                known(OVERLAP.inverse().get(row.getInt(10)))));
    return new Schedule(
        row.getLong(24),
        new TenantId(row.getString(21)),
        new ScheduleId(row.getString(22)),
        plan,
        Instant.ofEpochMilli(row.getLong(23)),
        Columns.instant(row, 19),
        Columns.instant(row, 20));
  }

  /** Seven columns. */
  static void bind(PreparedStatement statement, ScheduleRun.Progress progress) throws SQLException {
    statement.setInt(1, known(STATES.get(progress.state())));
    Columns.set(statement, 2, progress.endedAt().map(Instant::toEpochMilli).orElse(null));
    statement.setLong(3, progress.counts().total());
    statement.setLong(4, progress.counts().completed());
    statement.setLong(5, progress.counts().failed());
    Columns.set(statement, 6, progress.error().orElse(null));
    Columns.set(statement, 7, progress.report().orElse(null));
  }

  static ScheduleRun readRun(ResultSet row) throws SQLException {
    ScheduleRun.Progress progress =
        new ScheduleRun.Progress(
            known(STATES.inverse().get(row.getInt(1))),
            Columns.instant(row, 2),
            new ScheduleRun.Counts(row.getLong(3), row.getLong(4), row.getLong(5)),
            Columns.text(row, 6),
            Columns.text(row, 7));
    return new ScheduleRun(
        row.getLong(13),
        new TenantId(row.getString(8)),
        row.getLong(9),
        Instant.ofEpochMilli(row.getLong(10)),
        row.getBoolean(11),
        Instant.ofEpochMilli(row.getLong(12)),
        progress);
  }

  private static <T> T known(@Nullable T found) {
    if (found == null) {
      throw new IllegalStateException("a word of schedules has no stored form");
    }
    return found;
  }
}
