package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.port.ScheduleRows;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Schedules and their runs. */
final class SqlScheduleRows implements ScheduleRows {
  private static final String SELECT = "SELECT " + ScheduleMapper.COLUMNS + " FROM schedule ";
  private static final String SELECT_RUN =
      "SELECT " + ScheduleMapper.RUN_COLUMNS + " FROM schedule_run ";

  // Numbered by the database, which never gives a number twice.
  private static final String INSERT =
      "INSERT INTO schedule ("
          + ScheduleMapper.COLUMNS
          + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL)";
  private static final String LATEST = SELECT + "WHERE seq = last_insert_rowid()";
  private static final String FIND = SELECT + "WHERE id = ? AND tenant = ?";
  private static final String FIND_SEQ = SELECT + "WHERE seq = ?";
  private static final String UPDATE =
      "UPDATE schedule SET name = ?, cron = ?, zone = ?, input = ?, output = ?, overwrite = ?,"
          + " dry_run = ?, active = ?, missed = ?, overlap = ?, model = ?, temperature = ?,"
          + " max_tokens = ?, max_retries = ?, priority = ?, deadline = ?, queue = ?,"
          + " concurrency = ?, last_run = ?, next_run = ? WHERE seq = ?";
  private static final String REMOVE = "DELETE FROM schedule WHERE seq = ?";
  private static final String REMOVE_RUNS = "DELETE FROM schedule_run WHERE schedule = ?";
  private static final String MATCHING =
      "WHERE tenant = ? AND (? < 0 OR active = ?) AND name LIKE ? ESCAPE '!'";
  private static final String LIST = SELECT + MATCHING;
  private static final String COUNT = "SELECT count(*) FROM schedule " + MATCHING;

  // Read from its index alone: it is asked with every schedule that is made.
  private static final String COUNT_ALL = "SELECT count(*) FROM schedule WHERE tenant = ?";
  private static final String DUE =
      SELECT + "WHERE next_run IS NOT NULL AND next_run <= ? ORDER BY next_run LIMIT ?";
  private static final String NEXT_DUE =
      "SELECT next_run FROM schedule WHERE next_run IS NOT NULL ORDER BY next_run LIMIT 1";
  private static final String COUNT_ACTIVE =
      "SELECT count(*) FROM schedule WHERE next_run IS NOT NULL";

  private static final String INSERT_RUN =
      "INSERT INTO schedule_run ("
          + ScheduleMapper.RUN_COLUMNS
          + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL)";
  private static final String LATEST_RUN = SELECT_RUN + "WHERE seq = last_insert_rowid()";
  private static final String HAS_RUN =
      "SELECT 1 FROM schedule_run WHERE schedule = ? AND nominal = ? AND manual = ?";
  private static final String UPDATE_RUN =
      "UPDATE schedule_run SET state = ?, ended_at = ?, total = ?, completed = ?, failed = ?,"
          + " error = ?, report = ? WHERE seq = ?";
  private static final String FIND_RUN = SELECT_RUN + "WHERE seq = ?";
  private static final String OPEN =
      SELECT_RUN + "WHERE state < 3 AND seq > ? ORDER BY seq LIMIT ?";
  private static final String COUNT_OPEN =
      "SELECT count(*) FROM schedule_run WHERE state < 3 AND schedule = ?";
  private static final String RUNS =
      SELECT_RUN + "WHERE schedule = ? ORDER BY seq DESC LIMIT ? OFFSET ?";
  private static final String COUNT_RUNS = "SELECT count(*) FROM schedule_run WHERE schedule = ?";
  private static final String PRUNE =
      "DELETE FROM schedule_run WHERE schedule = ? AND state >= 3 AND seq <="
          + " (SELECT seq FROM schedule_run WHERE schedule = ? ORDER BY seq DESC"
          + " LIMIT 1 OFFSET ?)";

  private final Session session;
  private final Runnable onWrite;

  SqlScheduleRows(Session session, Runnable onWrite) {
    this.session = session;
    this.onWrite = onWrite;
  }

  @Override
  public Schedule insert(Schedule schedule) {
    onWrite.run();
    Statements.update(
        session,
        INSERT,
        statement -> {
          ScheduleMapper.bind(statement, schedule);
          statement.setString(21, schedule.tenant().value());
          statement.setString(22, schedule.id().value());
          statement.setLong(23, schedule.createdAt().toEpochMilli());
        });
    return Statements.query(session, LATEST, statement -> {}, ScheduleMapper::read).get(0);
  }

  @Override
  public Optional<Schedule> find(TenantId tenant, ScheduleId id) {
    return Statements.query(
            session,
            FIND,
            statement -> {
              statement.setString(1, id.value());
              statement.setString(2, tenant.value());
            },
            ScheduleMapper::read)
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Schedule> find(long seq) {
    return Statements.query(
            session, FIND_SEQ, statement -> statement.setLong(1, seq), ScheduleMapper::read)
        .stream()
        .findFirst();
  }

  @Override
  public void update(Schedule schedule) {
    onWrite.run();
    Statements.update(
        session,
        UPDATE,
        statement -> {
          ScheduleMapper.bind(statement, schedule);
          statement.setLong(21, schedule.seq());
        });
  }

  @Override
  public void remove(Schedule schedule) {
    onWrite.run();
    Statements.update(session, REMOVE_RUNS, statement -> statement.setLong(1, schedule.seq()));
    Statements.update(session, REMOVE, statement -> statement.setLong(1, schedule.seq()));
  }

  @Override
  public List<Schedule> list(TenantId tenant, Filter filter, ListOrder order, long skip, int max) {
    return Statements.query(
        session,
        LIST + ListOrders.sql(order),
        statement -> {
          bind(statement, tenant, filter);
          statement.setInt(5, max);
          statement.setLong(6, skip);
        },
        ScheduleMapper::read);
  }

  @Override
  public long count(TenantId tenant, Filter filter) {
    return filter.equals(Filter.ALL)
        ? number(COUNT_ALL, statement -> statement.setString(1, tenant.value()))
        : number(COUNT, statement -> bind(statement, tenant, filter));
  }

  private long number(String sql, Statements.Binder binder) {
    return Statements.query(session, sql, binder, row -> row.getLong(1)).get(0);
  }

  private static void bind(PreparedStatement statement, TenantId tenant, Filter filter)
      throws SQLException {
    int active = filter.active().map(wanted -> wanted ? 1 : 0).orElse(-1);
    statement.setString(1, tenant.value());
    statement.setInt(2, active);
    statement.setInt(3, active);
    statement.setString(4, "%" + escaped(filter.name().orElse("")) + "%");
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  @Override
  public List<Schedule> due(Instant now, int max) {
    return Statements.query(
        session,
        DUE,
        statement -> {
          statement.setLong(1, now.toEpochMilli());
          statement.setInt(2, max);
        },
        ScheduleMapper::read);
  }

  @Override
  public Optional<Instant> nextDue() {
    return Statements.query(
            session, NEXT_DUE, statement -> {}, row -> Instant.ofEpochMilli(row.getLong(1)))
        .stream()
        .findFirst();
  }

  @Override
  public long countActive() {
    return number(COUNT_ACTIVE, statement -> {});
  }

  @Override
  public ScheduleRun insertRun(ScheduleRun run) {
    onWrite.run();
    Statements.update(
        session,
        INSERT_RUN,
        statement -> {
          ScheduleMapper.bind(statement, run.progress());
          statement.setString(8, run.tenant().value());
          statement.setLong(9, run.schedule());
          statement.setLong(10, run.nominal().toEpochMilli());
          statement.setBoolean(11, run.manual());
          statement.setLong(12, run.startedAt().toEpochMilli());
        });
    return Statements.query(session, LATEST_RUN, statement -> {}, ScheduleMapper::readRun).get(0);
  }

  @Override
  public boolean hasRun(long schedule, Instant nominal, boolean manual) {
    return !Statements.query(
            session,
            HAS_RUN,
            statement -> {
              statement.setLong(1, schedule);
              statement.setLong(2, nominal.toEpochMilli());
              statement.setBoolean(3, manual);
            },
            row -> row.getInt(1))
        .isEmpty();
  }

  @Override
  public void updateRun(ScheduleRun run) {
    onWrite.run();
    Statements.update(
        session,
        UPDATE_RUN,
        statement -> {
          ScheduleMapper.bind(statement, run.progress());
          statement.setLong(8, run.seq());
        });
  }

  @Override
  public Optional<ScheduleRun> findRun(long seq) {
    return Statements.query(
            session, FIND_RUN, statement -> statement.setLong(1, seq), ScheduleMapper::readRun)
        .stream()
        .findFirst();
  }

  @Override
  public List<ScheduleRun> openRuns(long after, int max) {
    return Statements.query(
        session,
        OPEN,
        statement -> {
          statement.setLong(1, after);
          statement.setInt(2, max);
        },
        ScheduleMapper::readRun);
  }

  @Override
  public long countOpen(long schedule) {
    return number(COUNT_OPEN, statement -> statement.setLong(1, schedule));
  }

  @Override
  public List<ScheduleRun> runs(long schedule, long skip, int max) {
    return Statements.query(
        session,
        RUNS,
        statement -> {
          statement.setLong(1, schedule);
          statement.setInt(2, max);
          statement.setLong(3, skip);
        },
        ScheduleMapper::readRun);
  }

  @Override
  public long countRuns(long schedule) {
    return number(COUNT_RUNS, statement -> statement.setLong(1, schedule));
  }

  @Override
  public void pruneRuns(long schedule, int keep) {
    onWrite.run();
    Statements.update(
        session,
        PRUNE,
        statement -> {
          statement.setLong(1, schedule);
          statement.setLong(2, schedule);
          statement.setInt(3, keep);
        });
  }
}
