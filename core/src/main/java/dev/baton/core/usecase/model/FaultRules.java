package dev.baton.core.usecase.model;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import java.time.Duration;
import java.util.Optional;

/** What follows a call of a model that gave no answer: one rule for each {@link ModelFault}. */
final class FaultRules {
  /** A model is paused no longer than this at a time, whatever its provider asks for. */
  static final Duration PAUSE_MAX = Duration.ofHours(24);

  /** No pause is shorter: a task that is given back uncounted must not come back at once. */
  static final Duration PAUSE_MIN = Duration.ofSeconds(1);

  /** How long a provider that failed too often is left alone, unless it says how long itself. */
  static final Duration CIRCUIT_PAUSE = Duration.ofSeconds(5);

  /** How long a model is left alone whose key is refused: somebody has to mend that. */
  static final Duration AUTH_PAUSE = Duration.ofSeconds(60);

  private FaultRules() {}

  /** What follows. */
  sealed interface Consequence {}

  /**
   * The attempt failed and another may follow.
   *
   * @param rest instead of the task's own backoff
   */
  record Retry(Optional<Duration> rest) implements Consequence {
    Retry {
      requireNonNull(rest, "rest");
    }
  }

  /** The task fails: asking again would end the same. */
  record GiveUp() implements Consequence {}

  /**
   * The task goes back in line and the attempt does not count, because the fault is not the task's.
   *
   * @param pause how long the model is left alone by everybody; zero for not at all
   */
  record GiveBack(Duration pause) implements Consequence {
    GiveBack {
      requireNonNull(pause, "pause");
    }
  }

  /**
   * The rule.
   *
   * @param fallbackFollows whether there will be a next attempt, which would ask a model that was
   *     not asked yet
   */
  static Consequence of(Refused refused, boolean fallbackFollows) {
    Optional<Duration> asked = refused.retryAfter().map(FaultRules::bounded);
    return switch (refused.fault()) {
      case RATE_LIMITED ->
          asked.isPresent() ? new GiveBack(asked.get()) : new Retry(Optional.empty());
      case OVERLOADED, TIMED_OUT, UPSTREAM_INVALID -> new Retry(asked);
      case CIRCUIT_OPEN -> new GiveBack(asked.orElse(CIRCUIT_PAUSE));
      case AUTH -> new GiveBack(AUTH_PAUSE);
      case CONTENT_FILTERED, BAD_REQUEST -> new GiveUp();
      case CONTEXT_TOO_LONG ->
          fallbackFollows ? new Retry(Optional.of(Duration.ZERO)) : new GiveUp();
      case ABORTED -> new GiveBack(Duration.ZERO);
    };
  }

  /** How long a model is not worth asking, where people have to be told so; otherwise empty. */
  static Optional<Duration> alarm(Refused refused) {
    return switch (refused.fault()) {
      case CIRCUIT_OPEN ->
          Optional.of(refused.retryAfter().map(FaultRules::bounded).orElse(CIRCUIT_PAUSE));
      case AUTH -> Optional.of(AUTH_PAUSE);
      default -> Optional.empty();
    };
  }

  private static Duration bounded(Duration asked) {
    if (asked.compareTo(PAUSE_MIN) < 0) {
      return PAUSE_MIN;
    }
    return asked.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : asked;
  }
}
