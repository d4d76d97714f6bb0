package dev.baton.http.out.model;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.ModelOutcome.Refused;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Leaves one model of a provider alone that is unwell, and then asks it with one call at a time.
 * Thread-safe.
 */
final class Breaker {
  /** How long no call is made, before one probes; doubled after each probe that fails. */
  static final Duration OPEN_FOR = Duration.ofSeconds(10);

  /** The longest that no call is made. */
  static final Duration OPEN_MOST = Duration.ofMinutes(2);

  private static final int WINDOW = 20;
  private static final int LEAST = 10;
  private static final int FAILED_PERCENT = 80;
  private static final int PROBES = 1;

  private final CircuitBreaker breaker;
  private final InstantSource clock;
  private volatile Instant openUntil = Instant.MIN;

  Breaker(String name, InstantSource clock) {
    this.clock = clock;
    breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, LEAST, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILED_PERCENT)
                .waitIntervalFunctionInOpenState(this::open)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build());
  }

  /** It opens, for the so many-th time without a call that went well; for how many milliseconds. */
  private long open(int times) {
    long millis =
        Math.min(OPEN_MOST.toMillis(), OPEN_FOR.toMillis() << Math.min(Math.max(times, 1) - 1, 10));
    openUntil = clock.instant().plusMillis(millis);
    return millis;
  }

  /** Why no call may be made now; empty when one may, which {@link #settle} has to end. */
  Optional<Refused> refusal() {
    if (breaker.tryAcquirePermission()) {
      return Optional.empty();
    }
    Duration left = Duration.between(clock.instant(), openUntil);
    boolean open = breaker.getState() == CircuitBreaker.State.OPEN;
    return Optional.of(
        new Refused(
            ModelFault.CIRCUIT_OPEN,
            "the model failed too often a moment ago",
            Optional.of(left).filter(time -> open && !time.isNegative())));
  }

  /** Whether the call that {@link #refusal} let through just now finds out if it is well again. */
  boolean isProbing() {
    return breaker.getState() == CircuitBreaker.State.HALF_OPEN;
  }

  /** Only what says that the model is unwell counts; a refusal is an answer. */
  void settle(ModelOutcome outcome) {
    if (isUnwell(outcome)) {
      breaker.onError(0, TimeUnit.MILLISECONDS, new IllegalStateException("unwell"));
    } else if (outcome instanceof Refused refused && refused.fault() == ModelFault.ABORTED) {
      breaker.releasePermission();
    } else {
      breaker.onSuccess(0, TimeUnit.MILLISECONDS);
    }
  }

  /** How a probe ends that was settled: one that fails is no attempt of its task. */
  ModelOutcome ofProbe(ModelOutcome outcome) {
    if (!isUnwell(outcome)) {
      return outcome;
    }
    Refused refused = (Refused) outcome;
    Duration left = Duration.between(clock.instant(), openUntil);
    return new Refused(
        ModelFault.CIRCUIT_OPEN,
        "the model is still unwell: " + refused.fault() + ": " + refused.message(),
        Optional.of(left).filter(time -> !time.isNegative()));
  }

  private static boolean isUnwell(ModelOutcome outcome) {
    return outcome instanceof Refused refused
        && switch (refused.fault()) {
          case OVERLOADED, TIMED_OUT, UPSTREAM_INVALID -> true;
          case RATE_LIMITED,
              CONTENT_FILTERED,
              CONTEXT_TOO_LONG,
              BAD_REQUEST,
              AUTH,
              CIRCUIT_OPEN,
              ABORTED ->
              false;
        };
  }
}
