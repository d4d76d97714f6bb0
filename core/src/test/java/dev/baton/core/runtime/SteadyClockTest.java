package dev.baton.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SteadyClockTest {
  private static final long START = 1_736_937_000_000L;
  private long wall = START;
  private long nanos = -5_000_000_000L;

  private SteadyClock clock(Instant floor) {
    return new SteadyClock(floor, () -> wall, () -> nanos);
  }

  private void pass(long millis) {
    wall += millis;
    nanos += millis * 1_000_000;
  }

  @Test
  void instant_undisturbed_isTheWallClock() {
    SteadyClock clock = clock(Instant.EPOCH);
    assertThat(clock.instant().toEpochMilli()).isEqualTo(START);

    pass(12_345);

    assertThat(clock.instant().toEpochMilli()).isEqualTo(START + 12_345);
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600_000, -3_600_000, 86_400_000, -86_400_000, 2_001, -2_001})
  void instant_afterAJump_runsOnAsIfThereWereNone(long jump) {
    SteadyClock clock = clock(Instant.EPOCH);
    pass(1_000);
    assertThat(clock.instant().toEpochMilli()).isEqualTo(START + 1_000);

    wall += jump;
    pass(10);
    assertThat(clock.instant().toEpochMilli()).isEqualTo(START + 1_010);
    pass(60_000);

    assertThat(clock.instant().toEpochMilli()).isEqualTo(START + 61_010);
  }

  @Test
  void instant_afterAJumpThere_andBack_isTheWallClockAgain() {
    SteadyClock clock = clock(Instant.EPOCH);
    wall += 3_600_000;
    pass(100);
    assertThat(clock.instant().toEpochMilli()).isEqualTo(START + 100);
    wall -= 3_600_000;
    pass(100);

    assertThat(clock.instant().toEpochMilli()).isEqualTo(wall);
  }

  @Test
  void instant_afterASmallCorrection_followsIt() {
    SteadyClock clock = clock(Instant.EPOCH);
    wall += 500;
    pass(10);

    assertThat(clock.instant().toEpochMilli()).isEqualTo(wall);
  }

  @Test
  void instant_afterASmallCorrectionBack_standsStillUntilItIsMadeUp() {
    SteadyClock clock = clock(Instant.EPOCH);
    pass(1_000);
    long before = clock.instant().toEpochMilli();
    wall -= 500;

    assertThat(clock.instant().toEpochMilli()).isEqualTo(before);
    pass(400);
    assertThat(clock.instant().toEpochMilli()).isEqualTo(before);
    pass(200);

    assertThat(clock.instant().toEpochMilli()).isEqualTo(wall);
  }

  @Test
  void instant_whenTheWallClockIsBehindWhatWasStored_startsThereAndRuns() {
    SteadyClock clock = clock(Instant.ofEpochMilli(START + 86_400_000));

    assertThat(clock.instant().toEpochMilli()).isEqualTo(START + 86_400_000);
    pass(5_000);

    assertThat(clock.instant().toEpochMilli()).isEqualTo(START + 86_405_000);
  }

  @Test
  void instant_overManyReadingsWithDrift_neverGoesBack() {
    SteadyClock clock = clock(Instant.EPOCH);
    Random random = new Random(42);
    long before = 0;
    for (int i = 0; i < 10_000; i++) {
      pass(random.nextInt(50));
      wall += random.nextInt(200) - 100;
      if (random.nextInt(100) == 0) {
        wall += random.nextInt(20_000_000) - 10_000_000;
      }
      long now = clock.instant().toEpochMilli();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
  }
}
