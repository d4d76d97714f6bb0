package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Removals;
import java.time.Instant;
import java.util.List;

/** Tasks that go before their time. */
final class SqlRemovals implements Removals {
  /** Keys have no index by number, and one that leads nowhere does no harm until it is pruned. */
  private static final List<String> REMOVE =
      List.of(
          "DELETE FROM task_text WHERE seq = ?",
          "DELETE FROM task_result WHERE seq = ?",
          "DELETE FROM task_alternative WHERE seq = ?",
          "DELETE FROM task_attempt WHERE seq = ?",
          "DELETE FROM task_progress WHERE seq = ?",
          "DELETE FROM task_chunk WHERE seq = ?",
          "DELETE FROM task_origin WHERE seq = ?",
          "DELETE FROM task WHERE seq = ?");

  private static final String BURY =
      "INSERT OR REPLACE INTO task_tombstone (id, tenant, at) VALUES (?,?,?)";
  private static final String IS_BURIED =
      "SELECT 1 FROM task_tombstone WHERE id = ? AND tenant = ?";
  private static final String PRUNE =
      "DELETE FROM task_tombstone WHERE (id, tenant) IN"
          + " (SELECT id, tenant FROM task_tombstone WHERE at < ? LIMIT ?)";

  private final Session session;
  private final Runnable onWrite;
  private final Runnable onRemove;

  /**
   * @param onRemove is called before a removal
   */
  SqlRemovals(Session session, Runnable onWrite, Runnable onRemove) {
    this.session = session;
    this.onWrite = onWrite;
    this.onRemove = onRemove;
  }

  @Override
  public void remove(TaskRow row) {
    onWrite.run();
    onRemove.run();
    for (String delete : REMOVE) {
      Statements.update(session, delete, statement -> statement.setLong(1, row.seq()));
    }
  }

  @Override
  public void bury(TenantId tenant, TaskId id, Instant at) {
    onWrite.run();
    Statements.update(
        session,
        BURY,
        statement -> {
          statement.setString(1, id.value());
          statement.setString(2, tenant.value());
          statement.setLong(3, at.toEpochMilli());
        });
  }

  @Override
  public boolean isBuried(TenantId tenant, TaskId id) {
    return !Statements.query(
            session,
            IS_BURIED,
            statement -> {
              statement.setString(1, id.value());
              statement.setString(2, tenant.value());
            },
            row -> true)
        .isEmpty();
  }

  @Override
  public int prune(Instant cutoff, int max) {
    onWrite.run();
    return Statements.update(
        session,
        PRUNE,
        statement -> {
          statement.setLong(1, cutoff.toEpochMilli());
          statement.setInt(2, max);
        });
  }
}
