package dev.baton.persistence;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a database is kept.
 *
 * @param powerLossSafe whether what was acknowledged survives a power cut; without it, it survives
 *     only the end of the process, and is written faster
 * @param ballastBytes the file kept to be given up when the disk is full; 0 for none
 * @param lowWaterBytes free room below which no new work is taken; absent: 256 MiB or 5 % of the
 *     disk, whichever is more
 * @param onBroken is told, once, that the disk failed and nothing will be written any more
 */
public record StoreOptions(
    boolean powerLossSafe,
    long ballastBytes,
    Optional<Long> lowWaterBytes,
    Consumer<Throwable> onBroken) {
  public static final StoreOptions DEFAULT =
      new StoreOptions(true, 0, Optional.empty(), cause -> {});

  /** What a server's ballast is: 64 MiB. */
  public static final long SERVER_BALLAST = 64L << 20;

  public StoreOptions {
    checkArgument(ballastBytes >= 0, "ballastBytes is not negative");
    requireNonNull(lowWaterBytes, "lowWaterBytes");
    requireNonNull(onBroken, "onBroken");
  }

  public StoreOptions withPowerLossSafe(boolean safe) {
    return new StoreOptions(safe, ballastBytes, lowWaterBytes, onBroken);
  }

  public StoreOptions withBallast(long bytes) {
    return new StoreOptions(powerLossSafe, bytes, lowWaterBytes, onBroken);
  }

  public StoreOptions withLowWater(long bytes) {
    return new StoreOptions(powerLossSafe, ballastBytes, Optional.of(bytes), onBroken);
  }

  public StoreOptions onBroken(Consumer<Throwable> listener) {
    return new StoreOptions(powerLossSafe, ballastBytes, lowWaterBytes, listener);
  }
}
