package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.CountRows;

/** Counts of tasks by state. */
final class MemoryCountRows implements CountRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryCountRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public void add(TenantId tenant, TaskState.Kind state, long count) {
    guard.toWrite();
    undo.put(tables.counts, tenant, of(tenant).plus(state, count));
  }

  @Override
  public Tally of(TenantId tenant) {
    guard.toRead();
    return tables.counts.getOrDefault(tenant, Tally.NONE);
  }
}
