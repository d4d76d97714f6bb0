package dev.baton.app.crash;

import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Violation.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** C2 and C3: only what was submitted is there, and once per key. */
final class SubmitRules {
  private final List<Event> events;
  private final List<Violation> violations;
  private final Map<String, Long> firstSentByPrompt = new HashMap<>();
  private final Map<String, Long> firstSentByKey = new HashMap<>();

  SubmitRules(List<Event> events, List<Violation> violations) {
    this.events = events;
    this.violations = violations;
    for (Event event : events) {
      if (event.is(Op.SUBMIT) && event.isPossible()) {
        note(firstSentByPrompt, event.prompt(), event.invoked());
        note(firstSentByKey, event.key(), event.invoked());
      }
    }
  }

  private static void note(Map<String, Long> firsts, @Nullable String name, long when) {
    if (name != null) {
      firsts.merge(name, when, Math::min);
    }
  }

  /** C3: every task that was told under a key is the same one. */
  void checkKeys() {
    Map<String, Set<String>> idsByKey = new HashMap<>();
    for (Event event : events) {
      String key = event.key();
      String id = event.taskId();
      boolean told = event.isOk() && (event.is(Op.SUBMIT) || event.is(Op.LEASE));
      if (told && key != null && id != null && firstSentByKey.containsKey(key)) {
        idsByKey.computeIfAbsent(key, k -> new TreeSet<>()).add(id);
      }
    }
    idsByKey.forEach(
        (key, ids) -> {
          if (ids.size() > 1) {
            violations.add(
                new Violation(
                    Rule.C3_DUPLICATE_KEY, ids.iterator().next(), "key " + key + ": " + ids));
          }
        });
  }

  /** C2: what is handed out was asked, and under this id when its submitter was told one. */
  void checkExpected(TaskTrace task) {
    Set<String> told = new TreeSet<>();
    for (Event event : task.events()) {
      String prompt = event.prompt();
      if (prompt != null && event.is(Op.SUBMIT) && event.isOk() && !event.replayed()) {
        told.add(prompt);
      }
    }
    for (Event event : task.events()) {
      String prompt = event.prompt();
      if (prompt == null || event.is(Op.SUBMIT)) {
        continue;
      }
      if (!firstSentByPrompt.containsKey(prompt)) {
        violations.add(new Violation(Rule.C2_UNEXPECTED, task.id(), "nobody submitted " + prompt));
      } else if (!told.isEmpty() && !told.contains(prompt)) {
        violations.add(
            new Violation(
                Rule.C2_UNEXPECTED, task.id(), "was acknowledged as " + told + ", is " + prompt));
      }
    }
  }

  /** When somebody may first have asked for this task; empty when that is not known. */
  Optional<Long> firstSent(TaskTrace task) {
    return task.events().stream()
        .filter(e -> e.is(Op.SUBMIT))
        .flatMap(e -> sentAs(e).stream())
        .min(Long::compare);
  }

  private Optional<Long> sentAs(Event submit) {
    Optional<Long> byKey = Optional.ofNullable(submit.key()).map(firstSentByKey::get);
    return byKey.isPresent()
        ? byKey
        : Optional.ofNullable(submit.prompt()).map(firstSentByPrompt::get);
  }
}
