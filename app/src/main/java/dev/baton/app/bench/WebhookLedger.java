package dev.baton.app.bench;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What receivers were to be told and what they took, as they saw it: knows nothing of Baton's own
 * books. Thread-safe.
 */
final class WebhookLedger {
  /** Lost or strange messages that are named. */
  private static final int NAMED_MAX = 5;

  /** The id under which each message was taken first; empty while it was not. */
  @GuardedBy("this")
  private final Map<String, String> messages = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Set<String> faults = new TreeSet<>();

  @GuardedBy("this")
  private int taken;

  @GuardedBy("this")
  private int repeats;

  /** Somebody is to be told of this. */
  synchronized void expect(String topic, String task) {
    messages.put(topic + " " + task, "");
  }

  /** Somebody was told of this under this id. */
  synchronized void take(String id, String topic, String task) {
    String message = topic + " " + task;
    String before = messages.get(message);
    if (before == null) {
      fault("nobody was to be told of " + message);
    } else if (before.isEmpty()) {
      messages.put(message, id);
      taken++;
    } else if (before.equals(id)) {
      repeats++;
    } else {
      fault("told twice, under ids of their own, of " + message);
    }
  }

  /** Something that must not be; the first few are kept. */
  synchronized void fault(String what) {
    if (faults.size() < NAMED_MAX) {
      faults.add(what);
    }
  }

  synchronized boolean isAllTaken() {
    return taken == messages.size();
  }

  synchronized int repeats() {
    return repeats;
  }

  /** What is wrong, each in words: messages that nobody took, and what must not have come. */
  synchronized List<String> complaints() {
    List<String> complaints = new ArrayList<>(faults);
    int lost = messages.size() - taken;
    if (lost > 0) {
      List<String> some =
          messages.entrySet().stream()
              .filter(message -> message.getValue().isEmpty())
              .limit(NAMED_MAX)
              .map(Map.Entry::getKey)
              .toList();
      complaints.add("lost %s of %s, such as %s".formatted(lost, messages.size(), some));
    }
    return complaints;
  }
}
