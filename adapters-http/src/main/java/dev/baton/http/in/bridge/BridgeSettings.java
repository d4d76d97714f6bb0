package dev.baton.http.in.bridge;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.task.RetryPolicy;
import java.time.Duration;

/**
 * What an operator may choose for this dialect.
 *
 * @param leaseMax the longest lease that may be asked for, from 1 s; not longer than the core's
 * @param retry how often a prompt is handed out whose submitter does not say
 * @param strict whether an unknown member of a body is refused; otherwise it is ignored and named
 */
public record BridgeSettings(Duration leaseMax, RetryPolicy retry, boolean strict) {
  static final int LEASE_SECONDS_MAX = 86_400;

  public static final BridgeSettings DEFAULT =
      new BridgeSettings(Duration.ofDays(1), RetryPolicy.FOREVER, false);

  public BridgeSettings {
    checkArgument(leaseMax.toSeconds() >= 1, "leaseMax is at least 1 s");
    requireNonNull(retry, "retry");
  }

  int leaseSecondsMax() {
    return Math.toIntExact(leaseMax.toSeconds());
  }
}
