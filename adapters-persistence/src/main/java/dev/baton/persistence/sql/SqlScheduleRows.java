package dev.baton.persistence.sql;

import com.google.common.collect.ImmutableBiMap;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.port.ScheduleRows;
import dev.baton.persistence.jdbc.Columns;
import dev.baton.persistence.jdbc.Dialect;
import dev.baton.persistence.jdbc.ListOrders;
import dev.baton.persistence.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Schedules and their runs. The codes: add, never change. */
final class SqlScheduleRows implements ScheduleRows {
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

  /** What may change. */
  private static final String PLAN =
      "name, cron, zone, input, output, overwrite, dry_run, active, missed, overlap, "
          + BatchMapper.CONFIG
          + ", last_run, next_run";

  private static final String INSERT =
      Sql.insert("schedule", PLAN + ", tenant, id, created_at") + " RETURNING *";
  private static final String UPDATE = Sql.update("schedule", PLAN, "seq = :seq");

  private static final String PROGRESS = "state, ended_at, total, completed, failed, error, report";
  private static final String INSERT_RUN =
      Sql.insert("schedule_run", PROGRESS + ", tenant, schedule, nominal, manual, started_at")
          + " RETURNING *";
  private static final String UPDATE_RUN = Sql.update("schedule_run", PROGRESS, "seq = :seq");

  private final Sql sql;
  private final Dialect dialect;

  SqlScheduleRows(Sql sql, Dialect dialect) {
    this.sql = sql;
    this.dialect = dialect;
  }

  @Override
  public Schedule insert(Schedule schedule) {
    return bound(sql.updateReturning(INSERT), schedule).map(SqlScheduleRows::schedule).one();
  }

  @Override
  public void update(Schedule schedule) {
    bound(sql.update(UPDATE), schedule).execute();
  }

  private static <S extends SqlStatement<S>> S bound(S statement, Schedule schedule) {
    Plan plan = schedule.plan();
    return BatchMapper.bind(statement, plan.config())
        .bindMethods(schedule)
        .bindMethods(plan)
        .bindMethods(plan.files())
        .bind("cron", plan.cron().toString())
        .bind("zone", plan.zone().getId())
        .bind("missed", known(MISSED.get(plan.rules().missed())))
        .bind("overlap", known(OVERLAP.get(plan.rules().overlap())));
  }

  private static Schedule schedule(ResultSet row, StatementContext context) throws SQLException {
    Plan plan =
        new Plan(
            row.getString("name"),
            Cron.parse(row.getString("cron")),
            ZoneId.of(row.getString("zone")),
            new Plan.Files(
                row.getString("input"), Columns.text(row, "output"), row.getBoolean("overwrite")),
            BatchMapper.config(row),
            row.getBoolean("dry_run"),
            row.getBoolean("active"),
            new Plan.Rules(
                known(MISSED.inverse().get(row.getInt("missed"))),
                known(OVERLAP.inverse().get(row.getInt("overlap")))));
    return new Schedule(
        row.getLong("seq"),
        new TenantId(row.getString("tenant")),
        new ScheduleId(row.getString("id")),
        plan,
        Columns.instant(row, "created_at"),
        Columns.optionalInstant(row, "last_run"),
        Columns.optionalInstant(row, "next_run"));
  }

  @Override
  public Optional<Schedule> find(TenantId tenant, ScheduleId id) {
    return schedules("id = :id AND tenant = :tenant")
        .bind("id", id)
        .bind("tenant", tenant)
        .map(SqlScheduleRows::schedule)
        .findOne();
  }

  @Override
  public Optional<Schedule> find(long seq) {
    return schedules("seq = :seq").bind("seq", seq).map(SqlScheduleRows::schedule).findOne();
  }

  private Query schedules(String which) {
    return sql.query("SELECT * FROM schedule WHERE " + which);
  }

  @Override
  public void remove(Schedule schedule) {
    for (String delete :
        List.of(
            "DELETE FROM schedule_run WHERE schedule = :seq",
            "DELETE FROM schedule WHERE seq = :seq")) {
      sql.update(delete).bind("seq", schedule.seq()).execute();
    }
  }

  @Override
  public List<Schedule> list(TenantId tenant, Filter filter, ListOrder order, long skip, int max) {
    return bound(schedules(matching() + ListOrders.sql(order, dialect)), tenant, filter)
        .bind("max", max)
        .bind("skip", skip)
        .map(SqlScheduleRows::schedule)
        .list();
  }

  @Override
  public long count(TenantId tenant, Filter filter) {
    // Without a filter it is read from an index alone: it is asked with every schedule made.
    return filter.equals(Filter.ALL)
        ? number(
            sql.query("SELECT count(*) FROM schedule WHERE tenant = :tenant")
                .bind("tenant", tenant))
        : number(
            bound(sql.query("SELECT count(*) FROM schedule WHERE " + matching()), tenant, filter));
  }

  private String matching() {
    return "tenant = :tenant AND (:active < 0 OR active = :active) AND "
        + dialect.contains("name", ":name");
  }

  private static Query bound(Query query, TenantId tenant, Filter filter) {
    return query
        .bind("tenant", tenant)
        .bind("active", filter.active().map(wanted -> wanted ? 1 : 0).orElse(-1))
        .bind("name", "%" + escaped(filter.name().orElse("")) + "%");
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static long number(Query query) {
    return query.mapTo(Long.class).one();
  }

  @Override
  public List<Schedule> due(Instant now, int max) {
    return schedules("next_run IS NOT NULL AND next_run <= :now ORDER BY next_run LIMIT :max")
        .bind("now", now)
        .bind("max", max)
        .map(SqlScheduleRows::schedule)
        .list();
  }

  @Override
  public Optional<Instant> nextDue() {
    return sql.query(
            "SELECT next_run FROM schedule WHERE next_run IS NOT NULL ORDER BY next_run LIMIT 1")
        .map((row, context) -> Columns.instant(row, "next_run"))
        .findOne();
  }

  @Override
  public long countActive() {
    return number(sql.query("SELECT count(*) FROM schedule WHERE next_run IS NOT NULL"));
  }

  @Override
  public ScheduleRun insertRun(ScheduleRun run) {
    return bound(sql.updateReturning(INSERT_RUN), run).map(SqlScheduleRows::run).one();
  }

  @Override
  public void updateRun(ScheduleRun run) {
    bound(sql.update(UPDATE_RUN), run).execute();
  }

  private static <S extends SqlStatement<S>> S bound(S statement, ScheduleRun run) {
    return statement
        .bindMethods(run)
        .bindMethods(run.progress())
        .bindMethods(run.progress().counts())
        .bind("state", known(STATES.get(run.progress().state())));
  }

  private static ScheduleRun run(ResultSet row, StatementContext context) throws SQLException {
    ScheduleRun.Progress progress =
        new ScheduleRun.Progress(
            known(STATES.inverse().get(row.getInt("state"))),
            Columns.optionalInstant(row, "ended_at"),
            new ScheduleRun.Counts(
                row.getLong("total"), row.getLong("completed"), row.getLong("failed")),
            Columns.text(row, "error"),
            Columns.text(row, "report"));
    return new ScheduleRun(
        row.getLong("seq"),
        new TenantId(row.getString("tenant")),
        row.getLong("schedule"),
        Columns.instant(row, "nominal"),
        row.getBoolean("manual"),
        Columns.instant(row, "started_at"),
        progress);
  }

  @Override
  public boolean hasRun(long schedule, Instant nominal, boolean manual) {
    return runs("schedule = :schedule AND nominal = :nominal AND manual = :manual")
        .bind("schedule", schedule)
        .bind("nominal", nominal)
        .bind("manual", manual)
        .map(SqlScheduleRows::run)
        .findOne()
        .isPresent();
  }

  private Query runs(String which) {
    return sql.query("SELECT * FROM schedule_run WHERE " + which);
  }

  @Override
  public Optional<ScheduleRun> findRun(long seq) {
    return runs("seq = :seq").bind("seq", seq).map(SqlScheduleRows::run).findOne();
  }

  @Override
  public List<ScheduleRun> openRuns(long after, int max) {
    return runs("state < 3 AND seq > :after ORDER BY seq LIMIT :max")
        .bind("after", after)
        .bind("max", max)
        .map(SqlScheduleRows::run)
        .list();
  }

  @Override
  public long countOpen(long schedule) {
    return number(
        sql.query("SELECT count(*) FROM schedule_run WHERE state < 3 AND schedule = :schedule")
            .bind("schedule", schedule));
  }

  @Override
  public List<ScheduleRun> runs(long schedule, long skip, int max) {
    return runs("schedule = :schedule ORDER BY seq DESC LIMIT :max OFFSET :skip")
        .bind("schedule", schedule)
        .bind("max", max)
        .bind("skip", skip)
        .map(SqlScheduleRows::run)
        .list();
  }

  @Override
  public long countRuns(long schedule) {
    return number(
        sql.query("SELECT count(*) FROM schedule_run WHERE schedule = :schedule")
            .bind("schedule", schedule));
  }

  @Override
  public void pruneRuns(long schedule, int keep) {
    sql.update(
            """
            DELETE FROM schedule_run WHERE schedule = :schedule AND state >= 3 AND seq <=
              (SELECT seq FROM schedule_run WHERE schedule = :schedule
                ORDER BY seq DESC LIMIT 1 OFFSET :keep)
            """)
        .bind("schedule", schedule)
        .bind("keep", keep)
        .execute();
  }

  private static <T> T known(@Nullable T found) {
    if (found == null) {
      throw new IllegalStateException("a word of schedules has no stored form");
    }
    return found;
  }
}
