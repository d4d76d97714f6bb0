package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of leased tasks as the writer wrote them last: they are asked for again when they are
 * settled, and reading a row costs a tenth of a cycle. True because nobody else writes; when
 * somebody did, as an embedder's own transaction may, SQLite tells and everything is forgotten.
 */
final class LeasedRows {
  private static final int MAX = 4_096;
  private final Session session;
  private final Map<TaskId, TaskRow> rows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskId, TaskRow> eldest) {
          return size() > MAX;
        }
      };
  private long version = -1;

  LeasedRows(Session session) {
    this.session = session;
  }

  /**
   * At the start of a transaction: forgets what another connection may have changed, and tells
   * whether one did.
   */
  boolean begin() {
    long now =
        Statements.first(session, session.dialect().commitsOfOthers(), to -> {}, Row::number)
            .orElseThrow();
    boolean changed = now != version;
    if (changed) {
      version = now;
      rows.clear();
    }
    return changed;
  }

  @Nullable TaskRow find(TenantId tenant, TaskId id) {
    TaskRow row = rows.get(id);
    return row != null && row.tenant().equals(tenant) ? row : null;
  }

  void wrote(TaskRow row) {
    if (row.state() == TaskState.Kind.LEASED) {
      rows.put(row.id(), row);
    } else {
      rows.remove(row.id());
    }
  }

  /** What was written is taken back, or was written past this. */
  void clear() {
    rows.clear();
  }
}
