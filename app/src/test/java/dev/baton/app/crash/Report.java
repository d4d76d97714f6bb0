package dev.baton.app.crash;

import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Violation.Rule;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a history shows.
 *
 * @param answers how many answers there were, by what was asked and the status; 0 for none
 * @param acked tasks that a submitter was told of
 * @param recovered submits whose answer was lost and whose task is there
 * @param grantedAgain leases beyond the first of a task
 * @param recoveryMicros the longest from the end of an abandoned lease to the next one; -1 for none
 */
record Report(
    Map<String, Long> answers,
    long acked,
    long recovered,
    long grantedAgain,
    long recoveryMicros,
    List<Violation> violations) {

  static Report of(List<Event> events, Collection<TaskTrace> tasks, List<Violation> violations) {
    Map<String, TaskTrace> byId =
        tasks.stream().collect(Collectors.toMap(TaskTrace::id, Function.identity()));
    long granted = tasks.stream().mapToLong(t -> t.grants().size()).sum();
    long firsts = tasks.stream().filter(t -> !t.grants().isEmpty()).count();
    return new Report(
        answers(events),
        tasks.stream().filter(t -> t.firstAck().isPresent()).count(),
        recovered(events),
        granted - firsts,
        new Recovery(events, byId).longest(tasks).orElse(-1),
        List.copyOf(violations));
  }

  private static Map<String, Long> answers(List<Event> events) {
    return events.stream()
        .collect(
            Collectors.groupingBy(
                e -> e.op() + " " + e.http(), TreeMap::new, Collectors.counting()));
  }

  private static long recovered(List<Event> events) {
    Set<String> acked = new HashSet<>();
    Set<String> lost = new HashSet<>();
    Set<String> seen = new HashSet<>();
    for (Event event : events) {
      String prompt = event.prompt();
      if (prompt == null) {
        continue;
      }
      if (!event.is(Op.SUBMIT)) {
        seen.add(prompt);
      } else if (event.isPossible()) {
        (event.isOk() ? acked : lost).add(prompt);
      }
    }
    return lost.stream().filter(p -> seen.contains(p) && !acked.contains(p)).count();
  }

  /** The rules that were broken. */
  Set<Rule> broken() {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    violations.forEach(v -> rules.add(v.rule()));
    return rules;
  }

  @Override
  public String toString() {
    return ("%s, %d tasks acknowledged, %d recovered, %d leased again,"
            + " handed on within %d ms, %d violations %s")
        .formatted(
            answers,
            acked,
            recovered,
            grantedAgain,
            recoveryMicros < 0 ? -1 : recoveryMicros / 1_000,
            violations.size(),
            violations.stream().limit(5).toList());
  }
}
