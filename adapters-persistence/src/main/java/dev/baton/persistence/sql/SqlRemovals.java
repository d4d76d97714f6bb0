package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Removals;
import dev.baton.persistence.jdbc.Sql;
import java.time.Instant;

/** Tasks that go before their time. */
final class SqlRemovals implements Removals {
  private static final String BURY = Sql.put("task_tombstone", "id, tenant", "at");

  private static final String PRUNE =
      "DELETE FROM task_tombstone WHERE (id, tenant) IN"
          + " (SELECT id, tenant FROM task_tombstone WHERE at < ? LIMIT ?)";

  private final Sql sql;
  private final SqlTaskRows tasks;

  SqlRemovals(Sql sql, SqlTaskRows tasks) {
    this.sql = sql;
    this.tasks = tasks;
  }

  @Override
  public void remove(TaskRow row) {
    tasks.remove(row);
  }

  @Override
  public void bury(TenantId tenant, TaskId id, Instant at) {
    sql.update(BURY).bind("id", id).bind("tenant", tenant).bind("at", at).execute();
  }

  @Override
  public boolean isBuried(TenantId tenant, TaskId id) {
    return sql.query("SELECT 1 FROM task_tombstone WHERE id = :id AND tenant = :tenant")
        .bind("id", id)
        .bind("tenant", tenant)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public int prune(Instant cutoff, int max) {
    return sql.prune(PRUNE, cutoff, max);
  }
}
