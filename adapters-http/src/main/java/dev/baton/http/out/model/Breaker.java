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

/** Leaves a provider alone that is unwell. Thread-safe. */
final class Breaker {
  /** How long no call is made, before some probe. */
  static final Duration OPEN_FOR = Duration.ofSeconds(10);

  private static final int WINDOW = 20;
  private static final int LEAST = 10;
  private static final int FAILED_PERCENT = 80;
  private static final int PROBES = 3;

  private final CircuitBreaker breaker;
  private final InstantSource clock;
  private volatile Instant openUntil = Instant.MIN;

  Breaker(String provider, InstantSource clock) {
    this.clock = clock;
    breaker =
        CircuitBreaker.of(
            provider,
            CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, LEAST, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILED_PERCENT)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            change -> {
              if (change.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                openUntil = clock.instant().plus(OPEN_FOR);
              }
            });
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
            "the provider failed too often a moment ago",
            Optional.of(left).filter(time -> open && !time.isNegative())));
  }

  /** Only what says that the provider is unwell counts; a refusal is an answer. */
  void settle(ModelOutcome outcome) {
    if (outcome instanceof Refused refused) {
      switch (refused.fault()) {
        case OVERLOADED, TIMED_OUT, UPSTREAM_INVALID ->
            breaker.onError(0, TimeUnit.MILLISECONDS, new IllegalStateException("unwell"));
        case ABORTED -> breaker.releasePermission();
        default -> breaker.onSuccess(0, TimeUnit.MILLISECONDS);
      }
    } else {
      breaker.onSuccess(0, TimeUnit.MILLISECONDS);
    }
  }
}
