package dev.baton.core.runtime;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks in hand, by name. Changed by the executor's thread, read by any. */
final class HeldTasks {
  private final Map<Key, Held> held = new ConcurrentHashMap<>();

  private record Key(TenantId tenant, TaskId task) {}

  private static Key key(Held hold) {
    return new Key(hold.tenant(), hold.task().id());
  }

  /** A task that was lost and leased anew takes the place of its older self, which is returned. */
  Optional<Held> add(Held hold) {
    return Optional.ofNullable(held.put(key(hold), hold));
  }

  void remove(Held hold) {
    held.remove(key(hold), hold);
  }

  boolean contains(Held hold) {
    return held.get(key(hold)) == hold;
  }

  boolean contains(TenantId tenant, TaskId task) {
    return held.containsKey(new Key(tenant, task));
  }

  Optional<Held> find(TenantId tenant, TaskId task) {
    return Optional.ofNullable(held.get(new Key(tenant, task)));
  }

  List<Held> all() {
    return List.copyOf(held.values());
  }

  int size() {
    return held.size();
  }
}
