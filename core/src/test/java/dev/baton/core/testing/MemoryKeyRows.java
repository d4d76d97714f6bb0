package dev.baton.core.testing;

import dev.baton.core.port.KeyRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys of tasks. */
final class MemoryKeyRows implements KeyRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryKeyRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public Optional<Use> find(Key key) {
    guard.toRead();
    return Optional.ofNullable(tables.keys.get(key));
  }

  @Override
  public void put(Key key, Use use) {
    guard.toWrite();
    undo.put(tables.keys, key, use);
  }

  @Override
  public int prune(Instant cutoff, int max) {
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
