package dev.baton.core.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What takes the changes of one transaction back, newest first. Not thread-safe. */
final class UndoLog {
  private final Deque<Runnable> undos = new ArrayDeque<>();

  void onRollback(Runnable undo) {
    undos.push(undo);
  }

  <K, V> void put(Map<K, V> map, K key, V value) {
    V before = map.put(key, value);
    onRollback(() -> restore(map, key, before));
  }

  <K, V> void remove(Map<K, V> map, K key) {
    V before = map.remove(key);
    onRollback(() -> restore(map, key, before));
  }

  /** Adds to a list that nobody else sees while the transaction lasts. */
  <V> void add(List<V> list, V value) {
    list.add(value);
    onRollback(() -> list.remove(list.size() - 1));
  }

  <V> void removeFirst(List<V> list) {
    V first = list.remove(0);
    onRollback(() -> list.add(0, first));
  }

  private static <K, V> void restore(Map<K, V> map, K key, @Nullable V before) {
    if (before == null) {
      map.remove(key);
    } else {
      map.put(key, before);
    }
  }

  void rollback() {
    while (!undos.isEmpty()) {
      undos.pop().run();
    }
  }
}
