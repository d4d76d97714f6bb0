package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
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

  private final Session session;
  private final Sql sql;

  /** Changes of this transaction by the state's code; a working copy, so an array may do. */
  private Map<TenantId, long[]> changes = new HashMap<>();

  SqlCountRows(Session session, Sql sql) {
    this.session = session;
    this.sql = sql;
  }

  void begin() {
    changes.clear();
  }

  Map<TenantId, long[]> mark() {
    return copy(changes);
  }

  /** Forgets what a work changed before it failed. */
  void resetTo(Map<TenantId, long[]> mark) {
    changes = copy(mark);
  }

  private static Map<TenantId, long[]> copy(Map<TenantId, long[]> changes) {
    Map<TenantId, long[]> copy = new HashMap<>();
    changes.forEach((tenant, counts) -> copy.put(tenant, counts.clone()));
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
