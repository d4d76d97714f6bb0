package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * What an operator may choose for the core.
 *
 * @param headStart how far one priority step moves a task ahead; also the longest that a lower
 *     priority can be made to wait for it
 * @param keyRetention how long a dedupe or idempotency key stands for its task
 * @param leaseMax the longest lease, 1 s to 30 days
 */
public record Settings(Duration headStart, Duration keyRetention, Duration leaseMax) {
  public static final Settings DEFAULT =
      new Settings(Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofDays(1));

  public Settings {
    checkArgument(!headStart.isNegative(), "headStart is not negative");
    checkArgument(!keyRetention.isNegative(), "keyRetention is not negative");
    checkArgument(
        leaseMax.toSeconds() >= 1 && leaseMax.toDays() <= 30, "leaseMax is from 1 s to 30 days");
  }
}
