package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Removals;
import dev.baton.core.testing.MemoryTables.Named;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tasks that go before their time. */
final class MemoryRemovals implements Removals {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryRemovals(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public void remove(TaskRow row) {
    guard.toWrite();
    MemoryTaskRows.erase(tables, undo, row);
  }

  @Override
  public void bury(TenantId tenant, TaskId id, Instant at) {
    guard.toWrite();
    undo.put(tables.tombstones, new Named<>(tenant, id), at);
  }

  @Override
  public boolean isBuried(TenantId tenant, TaskId id) {
    guard.toRead();
    return tables.tombstones.containsKey(new Named<>(tenant, id));
  }

  @Override
  public int prune(Instant cutoff, int max) {
    guard.toWrite();
    List<Named<TaskId>> old =
        tables.tombstones.entrySet().stream()
            .filter(entry -> entry.getValue().isBefore(cutoff))
            .map(Map.Entry::getKey)
            .limit(max)
            .toList();
    old.forEach(name -> undo.remove(tables.tombstones, name));
    return old.size();
  }
}
