package dev.baton.app.crash;

import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Event.Outcome;
import dev.baton.app.crash.Violation.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * C11: what its holder abandoned can be leased again within a second of the end of the lease. The
 * witness against the server is somebody who asked later than that and got nothing.
 */
final class Recovery {
  private static final long GRACE = 1_000_000;

  private final List<Event> asked;
  private final TreeMap<Long, Long> ups = new TreeMap<>();
  private final boolean answersLost;

  Recovery(List<Event> events, Map<String, TaskTrace> tasks) {
    this.asked =
        events.stream()
            .filter(e -> e.is(Op.LEASE) && e.isOk() && e.taskId() == null)
            .sorted(Comparator.comparingLong(Event::invoked))
            .toList();
    events.stream().filter(e -> e.is(Op.UP)).forEach(e -> ups.put(e.returned(), e.returned()));
    this.answersLost =
        events.stream()
                .anyMatch(e -> e.is(Op.LEASE) && e.outcome() == Outcome.INFO && e.taskId() == null)
            || tasks.isEmpty();
  }

  /** A lease that nobody ended, and when the next one began, where that is known. */
  private record Abandoned(Event grant, long until, Optional<Event> next) {}

  void check(TaskTrace task, List<Violation> violations) {
    for (Abandoned lease : abandoned(task)) {
      long limit = lease.next().map(Event::invoked).orElse(Long.MAX_VALUE);
      for (Event nothing : askedFrom(lease.until() + GRACE)) {
        if (nothing.returned() >= limit
            || task.maybeSettled(lease.grant().token(), nothing.returned())) {
          break;
        }
        if (nothing.invoked() > upSince(lease.until(), nothing.invoked()) + GRACE) {
          violations.add(
              new Violation(
                  Rule.C11_RECOVERY,
                  task.id(),
                  "%s got nothing %d us after the end of %s"
                      .formatted(
                          nothing.proc(), nothing.invoked() - lease.until(), lease.grant())));
          return;
        }
      }
    }
  }

  private List<Event> askedFrom(long when) {
    int low = 0;
    int high = asked.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (asked.get(middle).invoked() > when) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return asked.subList(low, asked.size());
  }

  /** The later of {@code when} and the start of the server that was up at {@code asked}. */
  private long upSince(long when, long asked) {
    Map.Entry<Long, Long> up = ups.floorEntry(asked);
    return up == null ? when : Math.max(when, up.getValue());
  }

  private List<Abandoned> abandoned(TaskTrace task) {
    List<Abandoned> found = new ArrayList<>();
    List<Event> grants = task.grants();
    for (int i = 0; i < grants.size(); i++) {
      Event grant = grants.get(i);
      Optional<Event> next =
          i + 1 < grants.size() ? Optional.of(grants.get(i + 1)) : Optional.empty();
      // A gap in the tokens is a grant that was never heard of, and so may be what follows the
      // last.
      boolean followed = next.isPresent() ? next.get().token() == grant.token() + 1 : !answersLost;
      if (followed && !maybeExtendedUnheard(task, grant)) {
        found.add(new Abandoned(grant, task.until(grant, Long.MAX_VALUE), next));
      }
    }
    return found;
  }

  private static boolean maybeExtendedUnheard(TaskTrace task, Event grant) {
    return task.all(Op.EXTEND).stream()
        .anyMatch(e -> e.outcome() == Outcome.INFO && e.token() == grant.token());
  }

  /** The longest that an abandoned task took to be granted again, in microseconds. */
  OptionalLong longest(Collection<TaskTrace> tasks) {
    return tasks.stream()
        .flatMap(task -> abandoned(task).stream().filter(l -> isHandedOn(task, l)))
        .mapToLong(l -> handedOnAfter(l, l.next().orElseThrow()))
        .max();
  }

  private static boolean isHandedOn(TaskTrace task, Abandoned lease) {
    return lease
        .next()
        .filter(next -> !task.maybeSettled(lease.grant().token(), next.returned()))
        .isPresent();
  }

  private long handedOnAfter(Abandoned lease, Event next) {
    return next.returned() - upSince(lease.until(), next.invoked());
  }
}
