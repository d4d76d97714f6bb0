package dev.baton.persistence.sqlite;

import static java.util.Objects.requireNonNull;

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
  private static final System.Logger LOG = System.getLogger(DiskGuard.class.getName());
  private static final long MIB = 1L << 20;
  private static final long LOW_WATER_MIN = 256 * MIB;
  private static final int LOW_WATER_PERCENT = 5;
  private static final long LOOK_NANOS = 250_000_000;

  /** Every write finds the disk full; the log says so this often. */
  private static final long TELL_NANOS = 60_000_000_000L;

  /** On a small disk the ballast is this part of it at most. */
  private static final int BALLAST_PART = 16;

  private final Path ballast;
  private final long ballastBytes;
  private final long ballastKept;
  private final LongSupplier freeBytes;
  private final long lowWater;
  private volatile boolean low;
  private volatile long lookedAt = System.nanoTime() - LOOK_NANOS;
  private volatile long toldAt = System.nanoTime() - TELL_NANOS;

  /**
   * @param ballastKept how much of the ballast is left to those who make room, see {@link #giveUp}
   */
  DiskGuard(
      Path ballast, long ballastBytes, long ballastKept, LongSupplier freeBytes, long lowWater) {
    this.ballast = ballast;
    this.ballastBytes = ballastBytes;
    this.ballastKept = ballastKept;
    this.freeBytes = freeBytes;
    this.lowWater = lowWater;
  }

  static DiskGuard of(Path database, Opening how) {
    Path directory = requireNonNull(database.getParent());
    long part = directory.toFile().getTotalSpace() / BALLAST_PART;
    long ballast = Math.min(how.ballastBytes(), part / MIB * MIB);
    return new DiskGuard(
        database.resolveSibling(database.getFileName() + "-ballast"),
        ballast,
        Math.min(how.ballastKept(), ballast / 2),
        freeBytesOf(directory),
        how.lowWaterBytes().orElseGet(() -> defaultLowWater(directory)));
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

  /** There is no room at all: stops new work, and gives up the ballast. */
  void onDiskFull() {
    long now = System.nanoTime();
    low = true;
    lookedAt = now;
    if (now - toldAt >= TELL_NANOS) {
      toldAt = now;
      LOG.log(
          System.Logger.Level.WARNING,
          "the disk of {0} is full: what does not fit is refused until there is room",
          ballast.getParent());
    }
    var unused = giveUp();
  }

  /** Gives up the ballast but for what is kept; whether there was any to give. */
  boolean giveUp() {
    if (ballast.toFile().length() <= ballastKept) {
      return false;
    }
    try (var file = new RandomAccessFile(ballast.toFile(), "rw")) {
      file.setLength(ballastKept);
      return true;
    } catch (IOException e) {
      // Without the room that it would free, writes go on being refused until there is some.
      LOG.log(System.Logger.Level.WARNING, "the ballast file can't be given up", e);
      return false;
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
      LOG.log(System.Logger.Level.WARNING, "the ballast file can't be written", e);
    }
  }
}
