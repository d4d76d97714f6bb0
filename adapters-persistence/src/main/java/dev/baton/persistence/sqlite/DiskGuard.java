package dev.baton.persistence.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Stops new work before the disk is full, so that work under way can still be finished: a full disk
 * blocks even deleting. Beside that it keeps a ballast file, which is given up when SQLite finds no
 * room at all, and taken again when there is. Thread-safe.
 */
final class DiskGuard {
  private static final long MIB = 1L << 20;
  private static final long LOW_WATER_MIN = 256 * MIB;
  private static final int LOW_WATER_PERCENT = 5;
  private static final long LOOK_NANOS = 250_000_000;

  private final Path ballast;
  private final long ballastBytes;
  private final LongSupplier freeBytes;
  private final long lowWater;
  private volatile boolean low;
  private volatile long lookedAt = System.nanoTime() - LOOK_NANOS;

  DiskGuard(Path ballast, long ballastBytes, LongSupplier freeBytes, long lowWater) {
    this.ballast = ballast;
    this.ballastBytes = ballastBytes;
    this.freeBytes = freeBytes;
    this.lowWater = lowWater;
  }

  /** The default low-water mark: 256 MiB or 5 % of the disk, whichever is more. */
  static long defaultLowWater(Path database) {
    try {
      long total = Files.getFileStore(database).getTotalSpace();
      return Math.max(LOW_WATER_MIN, total / 100 * LOW_WATER_PERCENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LongSupplier freeBytesOf(Path directory) {
    return () -> directory.toFile().getUsableSpace();
  }

  /** Whether new work may be taken. Looks at the disk a few times a second at most. */
  boolean admits() {
    long now = System.nanoTime();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      low = freeBytes.getAsLong() < lowWater;
    }
    return !low;
  }

  /** Gives up the ballast: there is no room at all. */
  void onDiskFull() {
    low = true;
    lookedAt = System.nanoTime();
    try {
      Files.deleteIfExists(ballast);
    } catch (IOException e) {
      // Without the room that it would free, writes go on being refused until there is some.
      System.getLogger(DiskGuard.class.getName())
          .log(System.Logger.Level.WARNING, "the ballast file can't be removed", e);
    }
  }

  /** Lays the ballast in, if it is missing and there is room; takes a moment. */
  void ensureBallast() {
    if (ballastBytes == 0
        || !admits()
        || ballast.toFile().length() == ballastBytes
        || freeBytes.getAsLong() < lowWater + ballastBytes) {
      return;
    }
    try (var file = new RandomAccessFile(ballast.toFile(), "rw")) {
      byte[] block = new byte[(int) MIB];
      for (long written = 0; written < ballastBytes; written += block.length) {
        file.write(block, 0, (int) Math.min(block.length, ballastBytes - written));
      }
    } catch (IOException e) {
      System.getLogger(DiskGuard.class.getName())
          .log(System.Logger.Level.WARNING, "the ballast file can't be written", e);
    }
  }
}
