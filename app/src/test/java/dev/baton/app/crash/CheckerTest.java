package dev.baton.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Event.Outcome;
import dev.baton.app.crash.Violation.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has histories that keep it and histories that break it; times are in seconds. */
final class CheckerTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("sound")
  void check_historyThatKeepsThePromises_findsNothing(String name, List<Event> history) {
    assertThat(Checker.check(history).violations()).as(name).isEmpty();
  }

  static Stream<Arguments> sound() {
    return Stream.of(
        of(
            "submitted, leased, answered, read",
            submit("a", 0, 1),
            grant("a", 1, 2, 3, 60),
            complete("a", 1, 4, 5, "x"),
            last("a", 9, "succeeded", "x")),
        of("an unheard submit may be there or not", info(submit("a", 0, 1)), last("b", 9, "", "")),
        of(
            "refused work is not there",
            refused(submit("a", 0, 1)),
            submit("b", 0, 1),
            last("b", 9, "dead", "")),
        of("one key, one task", keyed("k", submit("a", 0, 1)), keyed("k", submit("a", 2, 3))),
        of(
            "a replayed answer of other content",
            complete("a", 1, 2, 3, "x"),
            replayed(complete("a", 1, 4, 5, "y")),
            read("a", 6, "succeeded", "x")),
        of(
            "a refused answer of other content",
            complete("a", 1, 2, 3, "x"),
            refused(complete("a", 1, 4, 5, "y"))),
        of(
            "a stale holder is refused",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            grant("a", 2, 4, 5, 60),
            refused(complete("a", 1, 6, 7, "x"))),
        of(
            "an answer while the next grant is under way",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            grant("a", 2, 4, 7, 60),
            complete("a", 1, 5, 6, "x")),
        of(
            "a late answer under the newest token",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            complete("a", 1, 6, 7, "x")),
        of(
            "granted again after its end",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            grant("a", 2, 4, 5, 60)),
        of(
            "granted again after a release, which takes a token, and is not counted",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 60),
            release("a", 1, 3, 4),
            attempt(1, grant("a", 3, 5, 6, 60))),
        of(
            "granted again after a release that was not heard",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 60),
            info(release("a", 1, 3, 4)),
            attempt(1, grant("a", 3, 5, 6, 60))),
        of(
            "first come, first served",
            submit("a", 0, 1),
            submit("b", 2, 3),
            grant("a", 1, 4, 5, 60),
            grant("b", 1, 6, 7, 60)),
        of(
            "submits that overlap come in any order",
            submit("a", 0, 3),
            submit("b", 2, 3),
            grant("b", 1, 4, 5, 60),
            grant("a", 1, 6, 7, 60)),
        of(
            "grants that overlap come in any order",
            submit("a", 0, 1),
            submit("b", 2, 3),
            grant("b", 1, 4, 6, 60),
            grant("a", 1, 5, 7, 60)),
        of(
            "an earlier grant that was not heard",
            submit("a", 0, 1),
            submit("b", 2, 3),
            grant("b", 1, 5, 6, 60),
            info(lease(4, 5)),
            attempt(2, grant("a", 2, 8, 9, 60))),
        of(
            "another line",
            submit("a", 0, 1),
            line("urgent", submit("b", 2, 3)),
            grant("b", 1, 4, 5, 60),
            grant("a", 1, 6, 7, 60)),
        of(
            "as many attempts as allowed",
            allowed(2, submit("a", 0, 1)),
            grant("a", 1, 1, 2, 3),
            grant("a", 2, 4, 5, 6),
            last("a", 9, "dead", "")),
        of(
            "handed on within a second",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            lease(3.5, 3.6),
            grant("a", 2, 3.9, 4, 60)),
        of(
            "extended",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            extend("a", 1, 2.2, 2.3, 9),
            lease(5, 6),
            grant("a", 2, 9.5, 9.6, 60)),
        of(
            "the server was down meanwhile",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            event(Op.UP, null, 19, 20),
            lease(20.2, 20.3),
            grant("a", 2, 20.5, 20.6, 60)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("broken")
  void check_historyThatBreaksAPromise_namesIt(Rule rule, String name, List<Event> history) {
    assertThat(Checker.check(history).broken()).as(name).containsExactly(rule);
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        breaks(Rule.C1_LOST, "gone", submit("a", 0, 1), refused(last("a", 9, "", ""))),
        breaks(Rule.C1_LOST, "never read", submit("a", 0, 1), last("b", 9, "succeeded", "x")),
        breaks(Rule.C1_LOST, "stuck", submit("a", 0, 1), last("a", 9, "leased", "")),
        breaks(Rule.C2_UNEXPECTED, "from nowhere", grant("a", 1, 1, 2, 60)),
        breaks(Rule.C2_UNEXPECTED, "refused", refused(submit("a", 0, 1)), grant("a", 1, 1, 2, 60)),
        breaks(
            Rule.C2_UNEXPECTED,
            "mixed up",
            submit("a", 0, 1),
            submit("b", 0, 1),
            grant("a", 1, 2, 3, 60).prompt("b")),
        breaks(
            Rule.C3_DUPLICATE_KEY,
            "two of a key",
            keyed("k", submit("a", 0, 1)),
            keyed("k", submit("b", 2, 3))),
        breaks(
            Rule.C3_DUPLICATE_KEY,
            "the first was not heard",
            info(keyed("k", asked("a", 0, 1))),
            keyed("k", submit("b", 2, 3)),
            keyed("k", grant("a", 1, 4, 5, 60))),
        breaks(
            Rule.C4_RESULT_CHANGED,
            "overwritten",
            complete("a", 1, 2, 3, "x"),
            complete("a", 1, 4, 5, "y")),
        breaks(
            Rule.C4_RESULT_CHANGED,
            "reads another",
            complete("a", 1, 2, 3, "x"),
            read("a", 6, "succeeded", "y")),
        breaks(
            Rule.C4_RESULT_CHANGED,
            "dies after its answer",
            complete("a", 1, 2, 3, "x"),
            read("a", 6, "dead", "")),
        breaks(
            Rule.C4_RESULT_CHANGED,
            "granted after its answer",
            submit("a", 0, 1),
            complete("a", 0, 2, 3, "x"),
            grant("a", 1, 4, 5, 60)),
        breaks(
            Rule.C4_RESULT_CHANGED,
            "waits after its answer",
            complete("a", 1, 2, 3, "x"),
            read("a", 6, "ready", "")),
        breaks(
            Rule.C5_STALE_HOLDER,
            "answers",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            grant("a", 2, 4, 5, 60),
            complete("a", 1, 6, 7, "x")),
        breaks(
            Rule.C5_STALE_HOLDER,
            "extends",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            grant("a", 2, 4, 5, 60),
            extend("a", 1, 6, 7, 60)),
        breaks(
            Rule.C5_STALE_HOLDER,
            "releases",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            grant("a", 2, 4, 5, 60),
            release("a", 1, 6, 7)),
        breaks(
            Rule.C6_TOKEN_TWICE,
            "at once",
            submit("a", 0, 1),
            grant("a", 1, 2, 4, 3),
            grant("a", 1, 2, 4, 3)),
        breaks(
            Rule.C7_OVERLAP,
            "granted while leased",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 60),
            grant("a", 2, 3, 4, 60)),
        breaks(
            Rule.C7_OVERLAP,
            "granted while extended",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            extend("a", 1, 2, 2.5, 60),
            grant("a", 2, 4, 5, 60)),
        breaks(
            Rule.C7_OVERLAP,
            "granted after a refused release",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 60),
            refused(release("a", 1, 3, 4)),
            grant("a", 2, 5, 6, 60)),
        breaks(
            Rule.C8_ORDER,
            "overtaken",
            submit("a", 0, 1),
            submit("b", 2, 3),
            grant("b", 1, 4, 5, 60),
            grant("a", 1, 6, 7, 60)),
        breaks(
            Rule.C8_ORDER,
            "overtaken by one whose submit was not heard at first",
            submit("a", 0, 1),
            info(keyed("k", submit("b", 2, 3))),
            grant("b", 1, 4, 5, 60),
            keyed("k", submit("b", 5, 6)),
            grant("a", 1, 6, 7, 60)),
        breaks(
            Rule.C9_TOKEN_ORDER,
            "falls",
            submit("a", 0, 1),
            info(lease(0, 1)),
            grant("a", 2, 1, 2, 3),
            attempt(2, grant("a", 1, 4, 5, 60))),
        breaks(
            Rule.C10_ATTEMPTS,
            "one too many",
            allowed(1, submit("a", 0, 1)),
            grant("a", 1, 1, 2, 3),
            grant("a", 2, 4, 5, 60)),
        breaks(
            Rule.C10_ATTEMPTS,
            "not counted",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            attempt(1, grant("a", 2, 4, 5, 60))),
        breaks(
            Rule.C11_RECOVERY,
            "late",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            lease(4.1, 4.2),
            grant("a", 2, 5, 6, 60)),
        breaks(
            Rule.C11_RECOVERY, "never", submit("a", 0, 1), grant("a", 1, 1, 2, 3), lease(4.1, 4.2)),
        breaks(
            Rule.C11_RECOVERY,
            "late after a restart",
            submit("a", 0, 1),
            grant("a", 1, 1, 2, 3),
            event(Op.UP, null, 19, 20),
            lease(21.1, 21.2)),
        breaks(
            Rule.SERVER_ERROR,
            "a bug",
            Event.of("p", Op.READ).span(0, 1).outcome(Outcome.INFO, 500)));
  }

  private static Arguments of(String name, Event.Builder... events) {
    return Arguments.of(name, Stream.of(events).map(Event.Builder::build).toList());
  }

  private static Arguments breaks(Rule rule, String name, Event.Builder... events) {
    return Arguments.of(rule, name, Stream.of(events).map(Event.Builder::build).toList());
  }

  private static Event.Builder event(Op op, @Nullable String task, double from, double to) {
    return Event.of("p" + op, op)
        .task(task)
        .span(micros(from), micros(to))
        .outcome(Outcome.OK, 200);
  }

  private static long micros(double seconds) {
    return (long) (seconds * 1e6);
  }

  /** An acknowledged submit; the prompt of task a is called a. */
  private static Event.Builder submit(String task, double from, double to) {
    return event(Op.SUBMIT, task, from, to).prompt(task).line("normal");
  }

  /** A submit whose sender was told no id. */
  private static Event.Builder asked(String prompt, double from, double to) {
    return event(Op.SUBMIT, null, from, to).prompt(prompt).line("normal");
  }

  /** By default the attempt is as high as the token. */
  private static Event.Builder grant(String task, int token, double from, double to, double end) {
    return event(Op.LEASE, task, from, to)
        .prompt(task)
        .token(token)
        .attempt(token)
        .until(micros(end));
  }

  /** A lease call that found nothing. */
  private static Event.Builder lease(double from, double to) {
    return event(Op.LEASE, null, from, to).outcome(Outcome.OK, 204);
  }

  private static Event.Builder complete(
      String task, int token, double from, double to, String result) {
    return event(Op.COMPLETE, task, from, to).token(token).result(result);
  }

  private static Event.Builder extend(String task, int token, double from, double to, double end) {
    return event(Op.EXTEND, task, from, to).token(token).until(micros(end));
  }

  private static Event.Builder release(String task, int token, double from, double to) {
    return event(Op.RELEASE, task, from, to).token(token);
  }

  private static Event.Builder read(String task, double when, String status, String result) {
    return seen(Op.READ, task, when, status, result);
  }

  private static Event.Builder last(String task, double when, String status, String result) {
    return seen(Op.FINAL_READ, task, when, status, result);
  }

  private static Event.Builder seen(Op op, String task, double when, String status, String result) {
    return event(op, task, when, when + 0.1)
        .status(status)
        .result(result.isEmpty() ? null : result);
  }

  private static Event.Builder keyed(String key, Event.Builder event) {
    return event.key(key);
  }

  private static Event.Builder line(String line, Event.Builder event) {
    return event.line(line);
  }

  private static Event.Builder allowed(int attempts, Event.Builder event) {
    return event.attemptsMax(attempts);
  }

  private static Event.Builder attempt(int number, Event.Builder event) {
    return event.attempt(number);
  }

  private static Event.Builder replayed(Event.Builder event) {
    return event.replayed(true);
  }

  private static Event.Builder refused(Event.Builder event) {
    return event.outcome(Outcome.FAIL, 409);
  }

  private static Event.Builder info(Event.Builder event) {
    return event.outcome(Outcome.INFO, 0);
  }
}
