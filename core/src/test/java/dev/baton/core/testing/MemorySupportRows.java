package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.port.Store.Line;
import dev.baton.core.port.SupportRows;
import dev.baton.core.testing.MemoryTables.Named;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys, gates and paused queues. */
final class MemorySupportRows implements SupportRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemorySupportRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public Optional<KeyUse> key(Key key) {
    guard.toRead();
    return Optional.ofNullable(tables.keys.get(key));
  }

  @Override
  public void putKey(Key key, KeyUse use) {
    guard.toWrite();
    undo.put(tables.keys, key, use);
  }

  @Override
  public Optional<Gate> gate(TenantId tenant, GateId id) {
    guard.toRead();
    return Optional.ofNullable(tables.gates.get(new Named<>(tenant, id)));
  }

  @Override
  public void putGate(Gate gate) {
    guard.toWrite();
    undo.put(tables.gates, new Named<>(gate.tenant(), gate.id()), gate);
  }

  @Override
  public void removeGate(TenantId tenant, GateId id) {
    guard.toWrite();
    undo.remove(tables.gates, new Named<>(tenant, id));
  }

  @Override
  public List<QueueName> pausedQueues(TenantId tenant) {
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

  @Override
  public int pruneKeys(Instant cutoff, int max) {
    guard.toWrite();
    List<Key> old =
        tables.keys.entrySet().stream()
            .filter(use -> use.getValue().since().isBefore(cutoff))
            .map(Map.Entry::getKey)
            .limit(max)
            .toList();
    old.forEach(key -> undo.remove(tables.keys, key));
    return old.size();
  }
}
