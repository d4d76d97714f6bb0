package dev.baton.core.testing;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.port.PauseRows;
import java.util.List;

/** Paused models. */
final class MemoryPauseRows implements PauseRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryPauseRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public List<ModelPause> all() {
    guard.toRead();
    return List.copyOf(tables.pauses.values());
  }

  @Override
  public void put(ModelPause pause) {
    guard.toWrite();
    undo.put(tables.pauses, pause.model().value(), pause);
  }

  @Override
  public void remove(ModelName model) {
    guard.toWrite();
    undo.remove(tables.pauses, model.value());
  }
}
