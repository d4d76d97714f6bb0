package dev.baton.core.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RankTest {
  private static final Instant SUBMITTED = Instant.ofEpochMilli(10_000_000);
  private static final Duration HEAD_START = Duration.ofMinutes(5);

  @ParameterizedTest
  @CsvSource({
    "LOW, 10300000",
    "NORMAL, 10000000",
    "HIGH, 9700000",
    "URGENT, 9400000",
  })
  void of_priority_isOneHeadStartPerStep(Priority priority, long rank) {
    assertThat(Rank.of(SUBMITTED, priority, Optional.empty(), HEAD_START)).isEqualTo(rank);
  }

  @ParameterizedTest
  @CsvSource({
    // seconds from submission to deadline, rank
    "86400, 10000000",
    "300, 10000000",
    "299, 9999000",
    "100, 9800000",
    "0, 9700000",
    "-500, 9700000",
  })
  void of_deadline_movesAheadByAtMostOneHeadStart(long seconds, long rank) {
    Optional<Instant> deadline = Optional.of(SUBMITTED.plusSeconds(seconds));

    assertThat(Rank.of(SUBMITTED, Priority.NORMAL, deadline, HEAD_START)).isEqualTo(rank);
  }

  @ParameterizedTest
  @CsvSource({"LOW", "NORMAL", "HIGH", "URGENT"})
  void of_noHeadStart_isTheSubmitInstant(Priority priority) {
    assertThat(Rank.of(SUBMITTED, priority, Optional.empty(), Duration.ZERO))
        .isEqualTo(SUBMITTED.toEpochMilli());
  }
}
