package dev.baton.core.testing;

import dev.baton.core.port.RequestRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is remembered of requests. */
final class MemoryRequestRows implements RequestRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryRequestRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public Optional<Kept> find(Name name) {
    guard.toRead();
    return Optional.ofNullable(tables.requests.get(name));
  }

  @Override
  public void put(Name name, Kept kept) {
    guard.toWrite();
    undo.put(tables.requests, name, kept);
  }

  @Override
  public void remove(Name name) {
    guard.toWrite();
    undo.remove(tables.requests, name);
  }

  @Override
  public int prune(Instant cutoff, int max) {
    guard.toWrite();
    List<Name> old =
        tables.requests.entrySet().stream()
            .filter(entry -> entry.getValue().since().isBefore(cutoff))
            .map(Map.Entry::getKey)
            .limit(max)
            .toList();
    old.forEach(name -> undo.remove(tables.requests, name));
    return old.size();
  }

  @Override
  public void putOrigin(long seq, String requestId) {
    guard.toWrite();
    undo.put(tables.origins, seq, requestId);
  }

  @Override
  public Optional<String> origin(long seq) {
    guard.toRead();
    return Optional.ofNullable(tables.origins.get(seq));
  }
}
