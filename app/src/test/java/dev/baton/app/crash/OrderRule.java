package dev.baton.app.crash;

import dev.baton.app.crash.Violation.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** C8: within a line, who was acknowledged before another one was sent is served before it. */
final class OrderRule {

  private OrderRule() {}

  /**
   * A task's place.
   *
   * @param sent when somebody may first have asked for it
   * @param acked when somebody was first told that it is there
   * @param grant its first lease, as far as is known
   */
  private record Place(TaskTrace task, String line, long sent, long acked, Event grant) {}

  static void check(Collection<TaskTrace> tasks, SubmitRules submits, List<Violation> violations) {
    Map<String, List<Place>> lines = new HashMap<>();
    for (TaskTrace task : tasks) {
      place(task, submits)
          .ifPresent(p -> lines.computeIfAbsent(p.line(), l -> new ArrayList<>()).add(p));
    }
    lines.values().forEach(line -> checkLine(line, violations));
  }

  private static Optional<Place> place(TaskTrace task, SubmitRules submits) {
    Optional<Event> ack = task.firstAck();
    List<Event> grants = task.grants();
    if (ack.isEmpty() || grants.isEmpty()) {
      return Optional.empty();
    }
    String line = ack.get().line();
    Optional<Long> sent = submits.firstSent(task);
    return line == null || sent.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(task, line, sent.get(), ack.get().returned(), grants.get(0)));
  }

  private static void checkLine(List<Place> line, List<Violation> violations) {
    line.sort(Comparator.comparingLong(Place::sent));
    // earliest[i]: who was served first among those sent as the i-th or later.
    @Nullable Place[] earliest = new Place[line.size() + 1];
    for (int i = line.size() - 1; i >= 0; i--) {
      Place later = earliest[i + 1];
      Place here = line.get(i);
      earliest[i] = later == null || served(here) < served(later) ? here : later;
    }
    for (Place place : line) {
      // A higher token means that an earlier grant was never heard of.
      if (place.grant().token() != 1) {
        continue;
      }
      Place overtaker = earliest[firstSentAfter(line, place.acked())];
      if (overtaker != null && served(overtaker) < place.grant().invoked()) {
        violations.add(
            new Violation(
                Rule.C8_ORDER,
                place.task().id(),
                "overtaken by %s: %s, %s"
                    .formatted(overtaker.task().id(), place.grant(), overtaker.grant())));
      }
    }
  }

  private static long served(Place place) {
    return place.grant().returned();
  }

  private static int firstSentAfter(List<Place> line, long when) {
    int low = 0;
    int high = line.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (line.get(middle).sent() > when) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
