package dev.baton.persistence.sqlite;

import dev.baton.persistence.sqlite.disk.StoreFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The first 32 bytes of a write-ahead log, which carry a checksum of their own
 * (https://www.sqlite.org/fileformat2.html#the_write_ahead_log).
 */
final class WalHeader {
  private static final int LENGTH = 32;
  private static final int CHECKSUM_AT = 24;
  private static final int MAGIC = 0x377f0682;

  /** Another process may be writing it just now. */
  private static final int LOOKS = 3;

  private WalHeader() {}

  /** Whether a log begins as SQLite begins one, or was never written to. */
  static boolean isSound(Path log) {
    boolean sound = false;
    for (int looks = 0; !sound && looks < LOOKS; looks++) {
      sound = isSound(read(log));
    }
    return sound;
  }

  private static boolean isSound(ByteBuffer header) {
    return header.limit() < LENGTH || isZero(header) || hasChecksum(header);
  }

  private static ByteBuffer read(Path log) {
    ByteBuffer header = ByteBuffer.allocate(LENGTH);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      while (header.hasRemaining() && channel.read(header) >= 0) {}
    } catch (IOException e) {
      throw StoreFaults.refusal("can't read " + log, e);
    }
    return header.flip();
  }

  private static boolean isZero(ByteBuffer header) {
    for (int i = 0; i < LENGTH; i++) {
      if (header.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasChecksum(ByteBuffer header) {
    int magic = header.getInt(0);
    // The last bit tells the order of bytes in which the words are summed.
    if ((magic & ~1) != MAGIC) {
      return false;
    }
    ByteBuffer words =
        header.duplicate().order((magic & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int first = 0;
    int second = 0;
    for (int at = 0; at < CHECKSUM_AT; at += 8) {
      first += words.getInt(at) + second;
      second += words.getInt(at + 4) + first;
    }
    return header.getInt(CHECKSUM_AT) == first && header.getInt(CHECKSUM_AT + 4) == second;
  }
}
