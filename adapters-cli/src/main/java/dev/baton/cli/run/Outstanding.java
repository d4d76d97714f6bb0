package dev.baton.cli.run;

import dev.baton.core.domain.id.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows that wait for their answers, oldest first, and whom to ask about next: the oldest every
 * time, because they are served first, and a slice of the others in turn. For one thread.
 */
final class Outstanding {
  private static final int SLICE = 200;

  /** A row without its text. */
  record Waiting(int row, Optional<String> label) {}

  private final Map<TaskId, Waiting> rows = new LinkedHashMap<>();
  private int turn;

  void add(TaskId id, Waiting row) {
    rows.put(id, row);
  }

  Optional<Waiting> remove(TaskId id) {
    return Optional.ofNullable(rows.remove(id));
  }

  int size() {
    return rows.size();
  }

  /** How many times {@link #next} is to be called until all of {@code size} rows had their turn. */
  static int rounds(int size) {
    return size / SLICE + 1;
  }

  /** Up to twice {@value #SLICE} tasks to ask about. */
  List<TaskId> next() {
    turn = turn + SLICE < rows.size() ? turn + SLICE : 0;
    Map<TaskId, Boolean> asked = new HashMap<>();
    List<TaskId> ids = new ArrayList<>();
    Iterator<TaskId> all = rows.keySet().iterator();
    for (int i = 0; all.hasNext() && i < turn + SLICE; i++) {
      TaskId id = all.next();
      if ((i < SLICE || i >= turn) && asked.putIfAbsent(id, true) == null) {
        ids.add(id);
      }
    }
    return ids;
  }
}
