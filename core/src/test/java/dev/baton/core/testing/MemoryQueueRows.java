package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.port.QueueRows;
import dev.baton.core.port.Store.Line;
import java.util.List;

/** Paused queues. */
final class MemoryQueueRows implements QueueRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryQueueRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public List<QueueName> paused(TenantId tenant) {
    guard.toRead();
    return tables.paused.keySet().stream()
        .filter(line -> line.tenant().equals(tenant))
        .map(Line::queue)
        .toList();
  }

  @Override
  public void setPaused(TenantId tenant, QueueName queue, boolean paused) {
    guard.toWrite();
    Line line = new Line(tenant, queue);
    if (paused) {
      undo.put(tables.paused, line, true);
    } else {
      undo.remove(tables.paused, line);
    }
  }
}
