package dev.baton.http.out.model;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider's keys. They are used in turn; one that was refused rests, which means that it is used
 * only when all do: the provider is the judge, not what is remembered of it. Thread-safe.
 */
final class KeyRing {
  private final List<String> keys;

  @GuardedBy("this")
  private final Map<String, Instant> restsUntil = new HashMap<>();

  @GuardedBy("this")
  private int next;

  KeyRing(List<String> keys) {
    this.keys = keys.isEmpty() ? List.of("") : List.copyOf(keys);
  }

  /** The next key that was not tried and does not rest; the first one tried may rest. */
  synchronized Optional<String> next(Set<String> tried, Instant now) {
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get((next + i) % keys.size());
      if (!tried.contains(key) && !rest(key).isAfter(now)) {
        next = (next + i + 1) % keys.size();
        return Optional.of(key);
      }
    }
    if (!tried.isEmpty()) {
      return Optional.empty();
    }
    String soonest = keys.get(0);
    for (String key : keys) {
      if (rest(key).isBefore(rest(soonest))) {
        soonest = key;
      }
    }
    return Optional.of(soonest);
  }

  @GuardedBy("this")
  private Instant rest(String key) {
    return restsUntil.getOrDefault(key, Instant.MIN);
  }

  synchronized void rest(String key, Instant now, Duration time) {
    restsUntil.put(key, now.plus(time));
  }

  synchronized void works(String key) {
    restsUntil.remove(key);
  }
}
