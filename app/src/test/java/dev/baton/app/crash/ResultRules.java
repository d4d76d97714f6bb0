package dev.baton.app.crash;

import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Violation.Rule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** C1 and C4: every acknowledged task has an end, only one, and nothing comes after it. */
final class ResultRules {
  private static final Set<String> ENDS = Set.of("succeeded", "dead", "cancelled");

  private ResultRules() {}

  /** C1, for a history that was drained. */
  static void checkEnded(TaskTrace task, List<Violation> violations) {
    if (task.firstAck().isEmpty()) {
      return;
    }
    boolean ended = task.all(Op.FINAL_READ).stream().anyMatch(e -> e.isOk() && endSeen(e) != null);
    if (!ended) {
      String seen =
          task.all(Op.FINAL_READ).stream()
              .map(e -> e.http() + " " + e.status())
              .toList()
              .toString();
      violations.add(
          new Violation(Rule.C1_LOST, task.id(), "acknowledged, but in the end " + seen));
    }
  }

  /** C4. */
  static void check(TaskTrace task, List<Violation> violations) {
    Set<String> ends = new TreeSet<>();
    long endedAt = Long.MAX_VALUE;
    for (Event event : task.events()) {
      String end = endSeen(event);
      if (end != null) {
        ends.add(end);
        endedAt = Math.min(endedAt, event.returned());
      }
    }
    if (ends.size() > 1) {
      violations.add(new Violation(Rule.C4_RESULT_CHANGED, task.id(), "several ends: " + ends));
    }
    for (Event event : task.events()) {
      if (event.invoked() > endedAt && isAlive(event)) {
        violations.add(
            new Violation(Rule.C4_RESULT_CHANGED, task.id(), "alive after its end: " + event));
      }
    }
  }

  private static boolean isAlive(Event event) {
    boolean granted = event.is(Op.LEASE);
    boolean read = (event.is(Op.READ) || event.is(Op.FINAL_READ)) && event.isOk();
    return granted || (read && endSeen(event) == null);
  }

  /** The end that this answer tells of; null when it tells of none. */
  private static @Nullable String endSeen(Event event) {
    return switch (event.op()) {
      case COMPLETE -> event.isOk() && !event.replayed() ? "succeeded " + event.result() : null;
      case READ, FINAL_READ ->
          event.isOk() && event.status() != null && ENDS.contains(event.status())
              ? event.status() + (event.result() == null ? "" : " " + event.result())
              : null;
      case UP, DOWN, SUBMIT, LEASE, EXTEND, RELEASE, FAIL -> null;
    };
  }
}
