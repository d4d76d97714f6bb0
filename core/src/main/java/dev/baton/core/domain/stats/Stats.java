package dev.baton.core.domain.stats;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.task.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What ended in a stretch of time. Immutable.
 *
 * @param completed tasks that were answered
 * @param failed tasks that died or were called off
 * @param millis that the answers took together, each from the lease that brought it
 * @param durations the same, one by one
 */
public record Stats(
    long completed,
    long failed,
    long millis,
    Durations durations,
    long promptTokens,
    long completionTokens) {
  public static final Stats NONE = new Stats(0, 0, 0, Durations.NONE, 0, 0);

  /** Stats are kept by stretches of this length. */
  public static final Duration BUCKET = Duration.ofMinutes(5);

  public Stats {
    requireNonNull(durations, "durations");
  }

  /** One answer. */
  public static Stats answered(Duration took, Optional<Usage> usage) {
    Duration time = took.isNegative() ? Duration.ZERO : took;
    return new Stats(
        1,
        0,
        time.toMillis(),
        Durations.of(time),
        usage.map(Usage::promptTokens).orElse(0L),
        usage.map(Usage::completionTokens).orElse(0L));
  }

  /** One task that failed for good. */
  public static Stats failure() {
    return new Stats(0, 1, 0, Durations.NONE, 0, 0);
  }

  public Stats plus(Stats other) {
    return new Stats(
        completed + other.completed,
        failed + other.failed,
        millis + other.millis,
        durations.plus(other.durations),
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens);
  }

  /** Mean seconds of an answer; 0 when there is none. */
  public double averageSeconds() {
    return completed == 0 ? 0 : millis / 1_000.0 / completed;
  }

  /** Where the stretch of {@link #BUCKET} begins in which {@code at} lies. */
  public static Instant bucketOf(Instant at) {
    long length = BUCKET.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length) * length);
  }
}
