package dev.baton.core.testing;

import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.port.EventRows;
import java.util.List;

/** The log, whose numbers have gaps on purpose: whoever relies on none is found out. */
final class MemoryEventRows implements EventRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryEventRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public void append(DomainEvent event) {
    guard.toWrite();
    long before = tables.lastEvent;
    long number = before % 3 == 2 ? before + 4 : before + 1;
    tables.lastEvent = number;
    undo.onRollback(() -> tables.lastEvent = before);
    undo.add(tables.events, new LoggedEvent(number, event));
  }

  @Override
  public List<LoggedEvent> after(long after, int max) {
    guard.toRead();
    return tables.events.stream().filter(event -> event.number() > after).limit(max).toList();
  }

  @Override
  public long last() {
    guard.toRead();
    return tables.lastEvent;
  }

  @Override
  public int prune(long before, int max) {
    guard.toWrite();
    int removed = 0;
    while (removed < max && !tables.events.isEmpty() && tables.events.get(0).number() < before) {
      undo.removeFirst(tables.events);
      removed++;
    }
    return removed;
  }
}
