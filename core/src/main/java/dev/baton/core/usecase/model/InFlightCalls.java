package dev.baton.core.usecase.model;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks in hand, by name. Changed by the executor's thread, read by any. */
final class InFlightCalls {
  private final Map<Key, InFlightCall> held = new ConcurrentHashMap<>();

  private record Key(TenantId tenant, TaskId task) {}

  private static Key key(InFlightCall hold) {
    return new Key(hold.tenant(), hold.task().id());
  }

  /** A task that was lost and leased anew takes the place of its older self, which is returned. */
  Optional<InFlightCall> add(InFlightCall hold) {
    return Optional.ofNullable(held.put(key(hold), hold));
  }

  void remove(InFlightCall hold) {
    held.remove(key(hold), hold);
  }

  boolean contains(InFlightCall hold) {
    return held.get(key(hold)) == hold;
  }

  boolean contains(TenantId tenant, TaskId task) {
    return held.containsKey(new Key(tenant, task));
  }

  Optional<InFlightCall> find(TenantId tenant, TaskId task) {
    return Optional.ofNullable(held.get(new Key(tenant, task)));
  }

  List<InFlightCall> all() {
    return List.copyOf(held.values());
  }

  int size() {
    return held.size();
  }
}
