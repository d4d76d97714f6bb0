package dev.baton.persistence.sqlite;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a file is opened; the members are those of {@code StoreOptions}.
 *
 * @param ballastKept how much of the ballast a full disk does not take
 */
public record Opening(
    boolean powerLossSafe,
    long ballastBytes,
    long ballastKept,
    Optional<Long> lowWaterBytes,
    Consumer<Throwable> onBroken,
    Turn turn,
    Duration checkMax) {

  /** For housekeeping, which may use up the ballast, and tells nobody of what breaks. */
  static Opening forHousekeeping(Turn turn) {
    return new Opening(true, 0, 0, Optional.empty(), cause -> {}, turn, Duration.ZERO);
  }
}
