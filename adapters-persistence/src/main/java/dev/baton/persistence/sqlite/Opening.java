package dev.baton.persistence.sqlite;

import dev.baton.persistence.sqlite.disk.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a file is opened; the members are those of {@code StoreOptions}.
 *
 * @param ballastKept how much of the ballast a full disk does not take
 * @param logPagesMax how many pages may wait in the log before they are moved into the file
 */
public record Opening(
    boolean powerLossSafe,
    long ballastBytes,
    long ballastKept,
    Optional<Long> lowWaterBytes,
    Consumer<Throwable> onBroken,
    Turn turn,
    Duration checkMax,
    int logPagesMax) {
  /** Pages of 4 KiB that may wait in the log: 16 MiB. */
  public static final int LOG_PAGES = 4_096;

  /** For housekeeping, which may use up the ballast, and tells nobody of what breaks. */
  static Opening forHousekeeping(Turn turn) {
    return new Opening(true, 0, 0, Optional.empty(), cause -> {}, turn, Duration.ZERO, LOG_PAGES);
  }
}
