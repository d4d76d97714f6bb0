package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.CountRows;
import dev.baton.persistence.jdbc.Codes;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts of tasks by state, one row per tenant. What changed is written by {@link #flush}. */
final class SqlCountRows implements CountRows {
  private static final String SELECT =
      "SELECT held, ready, leased, succeeded, dead, cancelled FROM task_count WHERE tenant = ?";
  // The sums may go through values below zero only within a transaction: then nobody reads them.
  private static final String ADD =
      "INSERT INTO task_count (tenant, held, ready, leased, succeeded, dead, cancelled)"
          + " VALUES (?,?,?,?,?,?,?) ON CONFLICT (tenant) DO UPDATE SET"
          + " held = held + excluded.held, ready = ready + excluded.ready,"
          + " leased = leased + excluded.leased, succeeded = succeeded + excluded.succeeded,"
          + " dead = dead + excluded.dead, cancelled = cancelled + excluded.cancelled";

  private static final String ADD_OPEN =
      "INSERT INTO queue_count (tenant, queue, held, ready, leased) VALUES (?,?,?,?,?)"
          + " ON CONFLICT (tenant, queue) DO UPDATE SET held = held + excluded.held,"
          + " ready = ready + excluded.ready, leased = leased + excluded.leased";
  private static final String OPEN =
      "SELECT * FROM queue_count WHERE held + ready + leased > 0"
          + " ORDER BY held + ready + leased DESC, tenant, queue LIMIT :max";

  /** Held, ready and leased, whose codes come first. */
  private static final int OPEN_STATES = 3;

  private final Session session;
  private final Sql sql;

  /** Changes of this transaction by the state's code; a working copy, so an array may do. */
  private Map<TenantId, long[]> changes = new HashMap<>();

  private Map<Line, long[]> openChanges = new HashMap<>();

  SqlCountRows(Session session, Sql sql) {
    this.session = session;
    this.sql = sql;
  }

  /** A queue of a tenant's. */
  private record Line(TenantId tenant, QueueName queue) {}

  /** What was changed up to a point. */
  record Mark(Map<TenantId, long[]> changes, Map<Line, long[]> openChanges) {}

  void begin() {
    changes.clear();
    openChanges.clear();
  }

  Mark mark() {
    return new Mark(copy(changes), copy(openChanges));
  }

  /** Forgets what a work changed before it failed. */
  void resetTo(Mark mark) {
    changes = copy(mark.changes());
    openChanges = copy(mark.openChanges());
  }

  private static <K> Map<K, long[]> copy(Map<K, long[]> changes) {
    Map<K, long[]> copy = new HashMap<>();
    changes.forEach((name, counts) -> copy.put(name, counts.clone()));
    return copy;
  }

  /** Writes what was changed; before the commit. */
  void flush() {
    changes.forEach(
        (tenant, counts) ->
            Statements.update(
                session,
                ADD,
                to -> {
                  to.text(tenant.value());
                  for (long count : counts) {
                    to.number(count);
                  }
                }));
    changes.clear();
    openChanges.forEach(this::addOpen);
    openChanges.clear();
  }

  private void addOpen(Line line, long[] counts) {
    Statements.update(
        session,
        ADD_OPEN,
        to -> {
          to.text(line.tenant().value()).text(line.queue().value());
          for (long count : counts) {
            to.number(count);
          }
        });
  }

  @Override
  public void addOpen(TenantId tenant, QueueName queue, TaskState.Kind state, long count) {
    sql.changes();
    openChanges
            .computeIfAbsent(new Line(tenant, queue), line -> new long[OPEN_STATES])[
            Codes.of(state)] +=
        count;
  }

  @Override
  public List<Open> open(int max) {
    return sql.query(OPEN)
        .bind("max", max)
        .map(
            (row, context) ->
                new Open(
                    new TenantId(row.getString("tenant")),
                    new QueueName(row.getString("queue")),
                    row.getLong("held"),
                    row.getLong("ready"),
                    row.getLong("leased")))
        .list();
  }

  @Override
  public int fold(int max) {
    return sql.update(
            "DELETE FROM queue_count WHERE (tenant, queue) IN (SELECT tenant, queue FROM queue_count"
                + " WHERE held = 0 AND ready = 0 AND leased = 0 LIMIT :max)")
        .bind("max", max)
        .execute();
  }

  @Override
  public void add(TenantId tenant, TaskState.Kind state, long count) {
    sql.changes();
    changes.computeIfAbsent(tenant, t -> new long[Codes.STATE_COUNT])[Codes.of(state)] += count;
  }

  @Override
  public Tally of(TenantId tenant) {
    long[] sums =
        Statements.first(session, SELECT, to -> to.text(tenant.value()), SqlCountRows::counts)
            .orElseGet(() -> new long[Codes.STATE_COUNT]);
    long[] changed = changes.getOrDefault(tenant, new long[Codes.STATE_COUNT]);
    for (int state = 0; state < sums.length; state++) {
      sums[state] += changed[state];
    }
    return tally(sums);
  }

  private static long[] counts(Row row) throws SQLException {
    long[] counts = new long[Codes.STATE_COUNT];
    for (int state = 0; state < counts.length; state++) {
      counts[state] = row.number();
    }
    return counts;
  }

  private static Tally tally(long[] sums) {
    return new Tally(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
  }
}
