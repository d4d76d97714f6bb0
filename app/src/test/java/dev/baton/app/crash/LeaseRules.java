package dev.baton.app.crash;

import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Violation.Rule;
import java.util.List;
import java.util.Optional;

/** C5 to C7, C9 and C10: one holder at a time, fenced by tokens, and every grant counted. */
final class LeaseRules {
  /** How far the clocks of client and server, on one machine, may be read apart. */
  private static final long CLOCK_TOLERANCE = 50_000;

  private LeaseRules() {}

  static void check(TaskTrace task, List<Violation> violations) {
    List<Event> grants = task.grants();
    for (int i = 0; i < grants.size(); i++) {
      for (int j = i + 1; j < grants.size(); j++) {
        checkPair(task, grants.get(i), grants.get(j), violations);
      }
    }
    checkStale(task, grants, violations);
    checkCount(task, grants, violations);
  }

  /** {@code first} has the lower token, or the same and was asked for earlier. */
  private static void checkPair(
      TaskTrace task, Event first, Event second, List<Violation> violations) {
    if (first.token() == second.token()) {
      violations.add(
          new Violation(
              Rule.C6_TOKEN_TWICE,
              task.id(),
              "token %d to %s and %s".formatted(first.token(), first.proc(), second.proc())));
    }
    boolean backwards =
        second.returned() < first.invoked()
            || (first.token() == second.token() && first.returned() < second.invoked());
    if (backwards) {
      violations.add(
          new Violation(Rule.C9_TOKEN_ORDER, task.id(), first + " is not below " + second));
      return;
    }
    long end = task.until(first, second.invoked());
    boolean whileGood =
        second.returned() < end - CLOCK_TOLERANCE
            && !task.maybeSettled(first.token(), second.returned());
    if (whileGood) {
      violations.add(
          new Violation(
              Rule.C7_OVERLAP,
              task.id(),
              "granted to %s %d us before the lease of %s ended"
                  .formatted(second.proc(), end - second.returned(), first.proc())));
    }
  }

  private static void checkStale(TaskTrace task, List<Event> grants, List<Violation> violations) {
    for (Event event : task.events()) {
      Optional<Event> successor =
          grants.stream()
              .filter(g -> g.token() > event.token() && g.returned() < event.invoked())
              .findFirst();
      if (isHolders(event) && successor.isPresent()) {
        violations.add(
            new Violation(Rule.C5_STALE_HOLDER, task.id(), event + " after " + successor.get()));
      }
    }
  }

  /**
   * Whether a holder was told that its word counted; a repeated release or failure changes nothing.
   */
  private static boolean isHolders(Event event) {
    boolean heard = event.isOk() && event.token() > 0;
    return switch (event.op()) {
      case COMPLETE, EXTEND -> heard;
      case RELEASE, FAIL -> heard && !event.replayed();
      case UP, DOWN, SUBMIT, LEASE, READ, FINAL_READ -> false;
    };
  }

  private static void checkCount(TaskTrace task, List<Event> grants, List<Violation> violations) {
    for (Event grant : grants) {
      long before =
          grants.stream().filter(g -> g.returned() < grant.invoked() && isCounted(task, g)).count();
      if (grant.attempt() < before + 1) {
        violations.add(
            new Violation(
                Rule.C10_ATTEMPTS,
                task.id(),
                "attempt %d after %d that count".formatted(grant.attempt(), before)));
      }
    }
    long counted = grants.stream().filter(g -> isCounted(task, g)).count();
    for (Event submit : task.all(Op.SUBMIT)) {
      if (submit.isOk() && submit.attemptsMax() > 0 && counted > submit.attemptsMax()) {
        violations.add(
            new Violation(
                Rule.C10_ATTEMPTS,
                task.id(),
                "%d attempts of %d".formatted(counted, submit.attemptsMax())));
      }
    }
  }

  /** A grant that may have been given back is not certain to count. */
  private static boolean isCounted(TaskTrace task, Event grant) {
    return task.all(Op.RELEASE).stream()
        .noneMatch(e -> e.isPossible() && e.token() == grant.token());
  }
}
