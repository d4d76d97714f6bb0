package dev.baton.core.domain.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.core.domain.task.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatsTest {

  @Test
  void sums_addUpMemberByMember() {
    Stats one = Stats.answered(Duration.ofMillis(500), Optional.of(new Usage(1, 2, 3)));
    Stats two = Stats.answered(Duration.ofMillis(1_500), Optional.empty());

    Stats sum = one.plus(two).plus(Stats.failure());

    assertThat(sum.completed()).isEqualTo(2);
    assertThat(sum.failed()).isEqualTo(1);
    assertThat(sum.averageSeconds()).isEqualTo(1.0);
    assertThat(sum.promptTokens()).isEqualTo(1);
    assertThat(sum.completionTokens()).isEqualTo(2);
    assertThat(Stats.NONE.averageSeconds()).isZero();
  }

  @Test
  void clockThatWentBack_countsAsNoTime() {
    assertThat(Stats.answered(Duration.ofMillis(-5), Optional.empty()).millis()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-15T10:34:59.999Z,2026-01-15T10:30:00Z",
    "2026-01-15T10:35:00Z,2026-01-15T10:35:00Z",
    "1969-12-31T23:59:59Z,1969-12-31T23:55:00Z"
  })
  void bucket_beginsAtAWholeFiveMinutes(Instant at, Instant start) {
    assertThat(Stats.bucketOf(at)).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource({"0.5,50", "0.95,95", "1,100"})
  void quantile_isAtMostAQuarterOff(double share, double seconds) {
    Durations durations = Durations.NONE;
    for (int second = 1; second <= 100; second++) {
      durations = durations.plus(Durations.of(Duration.ofSeconds(second)));
    }

    assertThat(durations.quantileSeconds(share)).isCloseTo(seconds, within(seconds / 4));
  }

  @Test
  void quantile_ofNoneIsZero_andOfTheLongestTheLastBin() {
    assertThat(Durations.NONE.quantileSeconds(0.95)).isZero();
    assertThat(Durations.of(Duration.ofDays(30)).quantileSeconds(0.95)).isGreaterThan(7_200.0);
    assertThat(Durations.of(Duration.ZERO).quantileSeconds(1)).isLessThanOrEqualTo(0.01);
  }
}
