package dev.baton.core.usecase.model;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks in hand, by name. Changed by the executor's thread, read by any. */
final class InFlightCalls {
  private final Map<Key, InFlightCall> calls = new ConcurrentHashMap<>();

  private record Key(TenantId tenant, TaskId task) {}

  private static Key key(InFlightCall inFlight) {
    return new Key(inFlight.tenant(), inFlight.task().id());
  }

  /** A task that was lost and leased anew takes the place of its older self, which is returned. */
  Optional<InFlightCall> add(InFlightCall inFlight) {
    return Optional.ofNullable(calls.put(key(inFlight), inFlight));
  }

  void remove(InFlightCall inFlight) {
    calls.remove(key(inFlight), inFlight);
  }

  boolean contains(InFlightCall inFlight) {
    return calls.get(key(inFlight)) == inFlight;
  }

  boolean contains(TenantId tenant, TaskId task) {
    return calls.containsKey(new Key(tenant, task));
  }

  Optional<InFlightCall> find(TenantId tenant, TaskId task) {
    return Optional.ofNullable(calls.get(new Key(tenant, task)));
  }

  List<InFlightCall> all() {
    return List.copyOf(calls.values());
  }

  int size() {
    return calls.size();
  }
}
