package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.port.GateRows;
import dev.baton.core.testing.MemoryTables.Named;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Gates; refuses a change of one that was not locked before. */
final class MemoryGateRows implements GateRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;
  private final Set<Named<GateId>> locked = new HashSet<>();

  MemoryGateRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public Optional<Gate> find(TenantId tenant, GateId id) {
    guard.toRead();
    return Optional.ofNullable(tables.gates.get(new Named<>(tenant, id)));
  }

  @Override
  public Optional<Gate> lock(TenantId tenant, GateId id) {
    guard.toWrite();
    locked.add(new Named<>(tenant, id));
    return find(tenant, id);
  }

  @Override
  public void put(Gate gate) {
    guard.toWrite();
    Named<GateId> name = new Named<>(gate.tenant(), gate.id());
    if (!locked.contains(name) && tables.gates.containsKey(name)) {
      throw new IllegalStateException("changes a gate without having locked it: " + gate.id());
    }
    locked.add(name);
    undo.put(tables.gates, name, gate);
  }

  @Override
  public void remove(TenantId tenant, GateId id) {
    guard.toWrite();
    undo.remove(tables.gates, new Named<>(tenant, id));
  }
}
