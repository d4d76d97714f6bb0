package dev.baton.app.crash;

import dev.baton.app.crash.Bridge.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** What the clients of one campaign tell each other: fresh names, and those in use. Thread-safe. */
final class Names {
  /** How every key begins that a client chose. */
  static final String KEY = "key-";

  private static final int RECENT_MAX = 64;
  private static final String FILLER = "lorem ipsum ".repeat(100);

  private final AtomicLong last = new AtomicLong();
  private final List<Prompt> named = new ArrayList<>();
  private final List<String> taskIds = new ArrayList<>();
  private final Set<String> acked = ConcurrentHashMap.newKeySet();

  String fresh(String prefix) {
    return prefix + last.incrementAndGet();
  }

  /** A text that nobody had before, of up to a kilobyte or so. */
  String text(RandomGenerator random) {
    return fresh("text-") + " " + FILLER.substring(0, random.nextInt(FILLER.length()));
  }

  /** Lets others submit the same once more. */
  synchronized void addNamed(Prompt prompt) {
    add(named, prompt, prompt.text().length());
  }

  synchronized Optional<Prompt> anyNamed(RandomGenerator random) {
    return any(named, random);
  }

  void addAcked(String taskId) {
    if (acked.add(taskId)) {
      synchronized (this) {
        add(taskIds, taskId, taskId.hashCode());
      }
    }
  }

  synchronized Optional<String> anyAcked(RandomGenerator random) {
    return any(taskIds, random);
  }

  /** All tasks that anybody was told of. */
  List<String> acked() {
    return acked.stream().sorted().toList();
  }

  private static <T> void add(List<T> recent, T item, int place) {
    if (recent.size() < RECENT_MAX) {
      recent.add(item);
    } else {
      recent.set(Math.floorMod(place, RECENT_MAX), item);
    }
  }

  private static <T> Optional<T> any(List<T> recent, RandomGenerator random) {
    return recent.isEmpty()
        ? Optional.empty()
        : Optional.of(recent.get(random.nextInt(recent.size())));
  }
}
