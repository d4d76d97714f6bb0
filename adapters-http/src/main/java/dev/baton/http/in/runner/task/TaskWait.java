package dev.baton.http.in.runner.task;

import dev.baton.core.usecase.insight.Wait;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Why nobody works on a task. */
@Doc("Why nobody works on it.")
public record TaskWait(
    @Doc("One word.") String reason,
    @Doc("For people.") String sentence,
    @Doc("Tasks that go before it.") @Bounds(max = Integer.MAX_VALUE) OptionalInt ahead,
    @Doc("Until it is handed out, at the last minute's pace.") Optional<Duration> estimateSeconds,
    @Doc("When that changes by itself.") Optional<Instant> until) {

  public static TaskWait of(Wait wait) {
    return new TaskWait(
        wait.reason().name().toLowerCase(Locale.ROOT),
        wait.sentence(),
        wait.ahead(),
        wait.estimate(),
        wait.until());
  }
}
