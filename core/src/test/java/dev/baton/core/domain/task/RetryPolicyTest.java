package dev.baton.core.domain.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryPolicyTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ofSeconds(2), Duration.ofMinutes(1));

  @ParameterizedTest
  @CsvSource({
    "1, 0.0, 0",
    "1, 0.5, 1000",
    "1, 0.9999999, 2000",
    "2, 0.5, 2000",
    "3, 0.5, 4000",
    "5, 0.9999999, 32000",
    "6, 0.9999999, 60000",
    "100, 0.9999999, 60000",
    "2147483647, 0.5, 30000",
  })
  void backoffAfter_isJitterTimesTheDoublingBound(int attempt, double jitter, long millis) {
    assertThat(POLICY.backoffAfter(attempt, jitter)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void backoffAfter_anyJitter_staysWithinItsBound() {
    Random random = new Random(42);
    RetryPolicy widest = new RetryPolicy(3, Duration.ofDays(29), Duration.ofDays(30));
    for (int attempt = 1; attempt < 200; attempt++) {
      assertThat(widest.backoffAfter(attempt, random.nextDouble()))
          .isBetween(Duration.ZERO, Duration.ofDays(30));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "-1, 0.5", "1, -0.1", "1, 1.0", "1, NaN"})
  void backoffAfter_outOfRange_isABug(int attempt, double jitter) {
    assertThatThrownBy(() -> POLICY.backoffAfter(attempt, jitter))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false", "4, false"})
  void allowsAttemptAfter_upToTheMost(int attempt, boolean allowed) {
    assertThat(POLICY.allowsAttemptAfter(attempt)).isEqualTo(allowed);
  }

  @Test
  void forever_neverGivesUp() {
    assertThat(RetryPolicy.FOREVER.allowsAttemptAfter(1_000_000)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT1S, PT2S",
    "1, PT0S, PT2S",
    "1, PT0.0009S, PT2S",
    "1, PT3S, PT2S",
    "1, PT1S, P31D",
  })
  void policy_outOfRange_isRefused(int maxAttempts, Duration base, Duration max) {
    assertThatThrownBy(() -> new RetryPolicy(maxAttempts, base, max))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
