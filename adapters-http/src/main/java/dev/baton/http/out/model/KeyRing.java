package dev.baton.http.out.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
  /** How long a key rests that is refused or used up. */
  private static final Duration REFUSED_FOR = Duration.ofSeconds(60);

  /** How long a key rests that was used too fast, where the provider does not say. */
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final List<String> keys;

  @GuardedBy("this")
  private final Map<String, Rest> rests = new HashMap<>();

  @GuardedBy("this")
  private int next;

  private record Rest(Instant until, Refused why) {}

  KeyRing(List<String> keys) {
    this.keys = keys.isEmpty() ? List.of("") : List.copyOf(keys);
  }

  int size() {
    return keys.size();
  }

  /** The key's place among the keys, from 1: what may be told of it. */
  int place(String key) {
    return keys.indexOf(key) + 1;
  }

  /** The next key that was not tried and does not rest; the first one tried may rest. */
  synchronized Optional<String> next(Set<String> tried, Instant now) {
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get((next + i) % keys.size());
      if (!tried.contains(key) && !restsUntil(key).isAfter(now)) {
        next = (next + i + 1) % keys.size();
        return Optional.of(key);
      }
    }
    if (!tried.isEmpty()) {
      return Optional.empty();
    }
    return keys.stream().min(Comparator.comparing(this::restsUntil));
  }

  private synchronized Instant restsUntil(String key) {
    Rest rest = rests.get(key);
    return rest == null ? Instant.MIN : rest.until();
  }

  /**
   * Lets a key rest.
   *
   * @return whether it did not rest before
   */
  @CanIgnoreReturnValue
  synchronized boolean rest(String key, Instant now, Refused why) {
    // Used too fast is a matter of moments; refused or used up is not.
    Duration time =
        why.fault() == ModelFault.AUTH ? REFUSED_FOR : why.retryAfter().orElse(A_MOMENT);
    boolean rested = restsUntil(key).isAfter(now);
    rests.put(key, new Rest(now.plus(time), why));
    return !rested;
  }

  synchronized void works(String key) {
    rests.remove(key);
  }

  /**
   * How a call ends for which no key is left: by the key that is free again first, of those that
   * were only used too fast; refused only when all are.
   */
  synchronized Refused refusal(Refused last, Instant now) {
    Optional<Rest> first =
        rests.values().stream()
            .filter(rest -> rest.why().fault() == ModelFault.RATE_LIMITED)
            .min(Comparator.comparing(Rest::until));
    return first
        .map(
            rest ->
                new Refused(
                    ModelFault.RATE_LIMITED,
                    rest.why().message(),
                    rest.why().retryAfter().map(asked -> left(rest, now))))
        .orElse(last);
  }

  private static Duration left(Rest rest, Instant now) {
    return rest.until().isAfter(now) ? Duration.between(now, rest.until()) : Duration.ZERO;
  }
}
