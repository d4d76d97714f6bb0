package dev.baton.persistence.sqlite;

import dev.baton.persistence.sqlite.DiskRecording.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * What a disk holds after the power went away: all that was flushed, and of the rest some blocks
 * and not others, in any combination, as disks with a cache of their own leave it.
 */
final class PowerCut {
  private static final int HEADER = 32;

  private final Random random;
  private final int block;
  private final double kept;

  PowerCut(Random random) {
    this.random = random;
    this.block = random.nextBoolean() ? 512 : 4_096;
    this.kept = new double[] {0, 0.1, 0.5, 0.9, 1}[random.nextInt(5)];
  }

  /**
   * Writes the files as a cut leaves them.
   *
   * @param flushed what is safe
   * @param last what was written at the last acknowledgement
   * @param written what the system was told to write by the cut
   */
  void leave(Path database, Step flushed, Step last, Step written) throws IOException {
    boolean moved = !Arrays.equals(last.database(), written.database());
    boolean begunAnew = !Arrays.equals(header(last.log()), header(written.log()));
    byte[] file = last.database();
    byte[] log;
    if (moved && begunAnew && random.nextBoolean()) {
      // The log begins anew only after a flush of the file.
      file = written.database();
      log = log(last.log(), written.log());
    } else if (moved && (begunAnew || random.nextBoolean())) {
      // The file is written to only after a flush of the log.
      file = mixed(file, written.database());
      log = begunAnew ? last.log() : written.log();
    } else {
      log = log(flushed.log(), written.log());
    }
    Files.write(database, file);
    Files.write(LogCheck.logOf(database), log);
  }

  private static byte[] header(byte[] log) {
    return Arrays.copyOf(log, HEADER);
  }

  /** A log that is begun anew has its header flushed before anything follows it. */
  private byte[] log(byte[] before, byte[] after) {
    if (before.length < HEADER || Arrays.equals(header(before), header(after))) {
      return mixed(before, after);
    }
    byte[] begun = before.clone();
    System.arraycopy(after, 0, begun, 0, HEADER);
    if (random.nextBoolean()) {
      return random.nextBoolean() ? begun : before;
    }
    return mixed(begun, after);
  }

  private byte[] mixed(byte[] before, byte[] after) {
    boolean grown = random.nextDouble() < kept || after.length <= before.length;
    byte[] mixed =
        Arrays.copyOf(before, grown ? Math.max(before.length, after.length) : before.length);
    for (int at = 0; at < after.length; at += block) {
      if (random.nextDouble() < kept) {
        int end = Math.min(at + block, after.length);
        if (end > mixed.length) {
          mixed = Arrays.copyOf(mixed, end);
        }
        System.arraycopy(after, at, mixed, at, end - at);
      }
    }
    return mixed;
  }
}
