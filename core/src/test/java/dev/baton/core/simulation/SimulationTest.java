package dev.baton.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs many storms. {@code -Dbaton.simulation.seeds=200000} runs more of them, {@code
 * -Dbaton.simulation.first=4711} begins with that seed: with the one that a failure named.
 */
final class SimulationTest {
  private static final long FIRST = Long.getLong("baton.simulation.first", 1);
  private static final long SEEDS = Long.getLong("baton.simulation.seeds", 4_000);

  /** Each so many seeds, one is run again, to show that a run can be repeated. */
  private static final int REPEATED = 100;

  private static final int SEEDS_PER_FAULT = 500;

  @Test
  void storms_whateverFails_breakNoRule() {
    LongStream.range(FIRST, FIRST + SEEDS)
        .forEach(
            seed ->
                Simulation.run(seed, PlantedFault.NONE)
                    .ifPresent(
                        breach ->
                            fail("seed=%d breaks %s: %s", seed, breach.rule(), breach.what())));
  }

  @Test
  void storm_ofTheSameSeed_isTheSameStorm() {
    LongStream.range(FIRST, FIRST + SEEDS)
        .filter(seed -> seed % REPEATED == 0)
        .forEach(
            seed ->
                assertThat(Simulation.record(seed))
                    .as("seed=%d", seed)
                    .isEqualTo(Simulation.record(seed)));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void simulation_catches(PlantedFault fault) {
    Verdict.Breach breach =
        LongStream.rangeClosed(1, SEEDS_PER_FAULT)
            .mapToObj(seed -> Simulation.run(seed, fault))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> new AssertionError(fault + " went unnoticed"));

    assertThat(breach.rule()).as(breach.what()).isIn(fault.breaks());
  }
}
