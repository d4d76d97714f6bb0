package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.LongMath;
import java.time.Duration;

/**
 * How often a task is tried, and how long it rests after a failed attempt.
 *
 * @param maxAttempts leases that may be granted in all, at least 1; {@link #UNLIMITED} for no bound
 * @param backoffBase the bound of the first rest, at least 1 ms
 * @param backoffMax the bound that later rests grow to, doubling; not below {@code backoffBase}
 */
public record RetryPolicy(int maxAttempts, Duration backoffBase, Duration backoffMax) {
  /** A number of attempts that is never reached. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(2), Duration.ofMinutes(5));

  /** Never gives up: what seed 1's protocol expects. */
  public static final RetryPolicy FOREVER = DEFAULT.withMaxAttempts(UNLIMITED);

  public RetryPolicy {
    checkArgument(maxAttempts >= 1, "maxAttempts is at least 1, was %s", maxAttempts);
    checkArgument(backoffBase.toMillis() >= 1, "backoffBase is at least 1 ms");
    checkArgument(backoffMax.compareTo(backoffBase) >= 0, "backoffMax is not below backoffBase");
    checkArgument(backoffMax.toDays() <= 30, "backoffMax is at most 30 days");
  }

  public RetryPolicy withMaxAttempts(int maxAttempts) {
    return new RetryPolicy(maxAttempts, backoffBase, backoffMax);
  }

  /** Whether another attempt may follow attempt number {@code attempt}, counted from 1. */
  public boolean allowsAttemptAfter(int attempt) {
    return attempt < maxAttempts;
  }

  /**
   * The rest after attempt {@code attempt} failed: {@code jitter} times the exponential bound
   * ("full jitter", Marc Brooker, "Exponential Backoff And Jitter", AWS 2015). Tasks that failed
   * together because a provider was down must not all come back together.
   *
   * @param jitter drawn uniformly from 0 (inclusive) to 1 (exclusive)
   */
  public Duration backoffAfter(int attempt, double jitter) {
    checkArgument(attempt >= 1, "attempts count from 1, was %s", attempt);
    checkArgument(jitter >= 0 && jitter < 1, "jitter is from 0 to below 1, was %s", jitter);
    long doubling = 1L << Math.min(attempt - 1, 40);
    long bound =
        Math.min(
            backoffMax.toMillis(), LongMath.saturatedMultiply(backoffBase.toMillis(), doubling));
    return Duration.ofMillis((long) (jitter * (bound + 1)));
  }
}
