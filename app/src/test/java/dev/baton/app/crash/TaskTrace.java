package dev.baton.app.crash;

import dev.baton.app.crash.Event.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All that the history tells of one task; each list by the time of asking. */
final class TaskTrace {
  private final String id;
  private final List<Event> events = new ArrayList<>();

  TaskTrace(String id) {
    this.id = id;
  }

  void add(Event event) {
    events.add(event);
  }

  String id() {
    return id;
  }

  List<Event> events() {
    return events;
  }

  /** When it was first acknowledged. */
  Optional<Event> firstAck() {
    return events.stream()
        .filter(e -> e.is(Op.SUBMIT) && e.isOk())
        .min(Comparator.comparingLong(Event::returned));
  }

  /** The leases that somebody was told of, by token. */
  List<Event> grants() {
    return events.stream()
        .filter(e -> e.is(Op.LEASE))
        .sorted(Comparator.comparingLong(Event::token).thenComparing(Event::invoked))
        .toList();
  }

  List<Event> all(Op op) {
    return events.stream().filter(e -> e.is(op)).toList();
  }

  /** Whether a call that ends the lease of {@code token} may have been done before {@code when}. */
  boolean maybeSettled(long token, long when) {
    return events.stream().anyMatch(e -> endsLease(e, token) && e.invoked() <= when);
  }

  private static boolean endsLease(Event event, long token) {
    return switch (event.op()) {
      case COMPLETE -> event.isPossible();
      case RELEASE, FAIL -> event.isPossible() && event.token() == token;
      case UP, DOWN, SUBMIT, LEASE, EXTEND, READ, FINAL_READ -> false;
    };
  }

  /** When the lease of this grant ends, with the extensions acknowledged before {@code when}. */
  long until(Event grant, long when) {
    return events.stream()
        .filter(e -> e.is(Op.EXTEND) && e.isOk() && e.token() == grant.token())
        .filter(e -> e.returned() <= when)
        .mapToLong(Event::until)
        .reduce(grant.until(), Math::max);
  }
}
