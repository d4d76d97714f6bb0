package dev.baton.persistence;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.persistence.sqlite.Opening;
import dev.baton.persistence.sqlite.disk.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a database is kept.
 *
 * @param powerLossSafe whether what was acknowledged survives a power cut; without it, it survives
 *     only the end of the process, and is written faster
 * @param ballastBytes the file kept to be given up when the disk is full, at most a sixteenth of
 *     the disk; 0 for none
 * @param lowWaterBytes free room below which no new work is taken; absent: 256 MiB or 5 % of the
 *     disk, whichever is more
 * @param onBroken is told, once, that the disk failed or the file is gone, and nothing will be
 *     written any more
 * @param turn how the file is taken into possession
 * @param checkMax how long to look for damage at the start; zero for the header alone
 */
public record StoreOptions(
    boolean powerLossSafe,
    long ballastBytes,
    Optional<Long> lowWaterBytes,
    Consumer<Throwable> onBroken,
    Turn turn,
    Duration checkMax) {
  public static final StoreOptions DEFAULT =
      new StoreOptions(
          true, 0, Optional.empty(), cause -> {}, Turn.EMBEDDED, Duration.ofMillis(500));

  /** What a server's ballast is: 64 MiB. */
  public static final long SERVER_BALLAST = 64L << 20;

  /** What of it is left to {@code baton prune} and other housekeeping: 4 MiB. */
  private static final long BALLAST_KEPT = 4L << 20;

  public StoreOptions {
    checkArgument(ballastBytes >= 0, "ballastBytes is not negative");
    checkArgument(!checkMax.isNegative(), "checkMax is not negative");
    requireNonNull(lowWaterBytes, "lowWaterBytes");
    requireNonNull(onBroken, "onBroken");
    requireNonNull(turn, "turn");
  }

  public StoreOptions withPowerLossSafe(boolean safe) {
    return new StoreOptions(safe, ballastBytes, lowWaterBytes, onBroken, turn, checkMax);
  }

  public StoreOptions withBallast(long bytes) {
    return new StoreOptions(powerLossSafe, bytes, lowWaterBytes, onBroken, turn, checkMax);
  }

  public StoreOptions withLowWater(long bytes) {
    return new StoreOptions(
        powerLossSafe, ballastBytes, Optional.of(bytes), onBroken, turn, checkMax);
  }

  public StoreOptions onBroken(Consumer<Throwable> listener) {
    return new StoreOptions(powerLossSafe, ballastBytes, lowWaterBytes, listener, turn, checkMax);
  }

  public StoreOptions withTurn(Turn how) {
    return new StoreOptions(powerLossSafe, ballastBytes, lowWaterBytes, onBroken, how, checkMax);
  }

  public StoreOptions withCheck(Duration most) {
    return new StoreOptions(powerLossSafe, ballastBytes, lowWaterBytes, onBroken, turn, most);
  }

  Opening opening() {
    return new Opening(
        powerLossSafe,
        ballastBytes,
        BALLAST_KEPT,
        lowWaterBytes,
        onBroken,
        turn,
        checkMax,
        Opening.LOG_PAGES);
  }
}
