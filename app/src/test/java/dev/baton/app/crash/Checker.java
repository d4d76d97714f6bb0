package dev.baton.app.crash;

import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Violation.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which promises a history shows broken. Knows nothing of the server but what its clients were
 * told, and counts against it only what no order of the calls, within their spans, explains.
 */
final class Checker {
  private final List<Event> events;
  private final Map<String, TaskTrace> tasks = new LinkedHashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private Checker(List<Event> events) {
    this.events = events;
    for (Event event : events) {
      String id = event.taskId();
      if (id != null) {
        tasks.computeIfAbsent(id, TaskTrace::new).add(event);
      }
    }
  }

  /** What is wrong with this history; the events come in any order. */
  static Report check(List<Event> events) {
    Checker checker = new Checker(events);
    checker.check();
    return Report.of(events, checker.tasks.values(), checker.violations);
  }

  private void check() {
    SubmitRules submits = new SubmitRules(events, violations);
    submits.checkKeys();
    OrderRule.check(tasks.values(), submits, violations);
    Recovery recovery = new Recovery(events, tasks);
    for (TaskTrace task : tasks.values()) {
      submits.checkExpected(task);
      ResultRules.check(task, violations);
      LeaseRules.check(task, violations);
      recovery.check(task, violations);
    }
    boolean drained = events.stream().anyMatch(e -> e.is(Op.FINAL_READ));
    if (drained) {
      tasks.values().forEach(task -> ResultRules.checkEnded(task, violations));
    }
    for (Event event : events) {
      if (event.http() == 500) {
        violations.add(new Violation(Rule.SERVER_ERROR, "" + event.taskId(), event.toString()));
      }
    }
  }
}
