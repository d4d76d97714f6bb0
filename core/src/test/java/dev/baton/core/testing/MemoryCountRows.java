package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.CountRows;

/** Counts of tasks by state, as sums of additions that lie about until they are folded. */
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
    undo.add(tables.countsAdded, new Added(tenant, state, count));
  }

  /** What was added, and is not yet in the sum. */
  record Added(TenantId tenant, TaskState.Kind state, long count) {}

  @Override
  public Tally of(TenantId tenant) {
    guard.toRead();
    Tally sum = folded(tenant);
    for (Added added : tables.countsAdded) {
      sum = added.tenant().equals(tenant) ? sum.plus(added.state(), added.count()) : sum;
    }
    return sum;
  }

  private Tally folded(TenantId tenant) {
    return tables.counts.getOrDefault(tenant, Tally.NONE);
  }

  @Override
  public int fold(int max) {
    guard.toWrite();
    int count = Math.min(max, tables.countsAdded.size());
    for (int i = 0; i < count; i++) {
      Added oldest = tables.countsAdded.get(0);
      undo.removeFirst(tables.countsAdded);
      Tally sum = folded(oldest.tenant()).plus(oldest.state(), oldest.count());
      undo.put(tables.counts, oldest.tenant(), sum);
    }
    return count;
  }
}
