package dev.baton.persistence.sqlite;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.persistence.sqlite.disk.FileLock;
import dev.baton.persistence.sqlite.disk.StoreFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What is looked at before SQLite is let near a file, so that nothing of it has changed when it is
 * refused: the header and the length (https://www.sqlite.org/fileformat2.html#the_database_header).
 */
final class StartCheck {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 100;
  private static final int PAGE_MAX = 65_536;
  private static final int LEAF_OF_TABLE = 13;

  private final Path database;
  private final boolean hasLog;

  private StartCheck(Path database) {
    this.database = database;
    this.hasLog = bytes(LogCheck.logOf(database)) > 0;
  }

  private static long bytes(Path file) {
    return file.toFile().length();
  }

  /**
   * Refuses a file that is no database, is cut short, or is somebody else's; opens nothing else.
   */
  static void header(Path database) {
    if (bytes(database) == 0) {
      return;
    }
    new StartCheck(database).check();
  }

  /** Refuses a log that the last process found to belong to a file which was here before. */
  static void logOfAnother(Path database) {
    Path log = LogCheck.logOf(database);
    if (bytes(log) > 0) {
      throw new StoreRefusedException(
          Reason.REPLACED,
          ("%s was put in the place of another file while that one was open, and %s is the log of"
                  + " the old one; nothing was touched. Put the old file back, or move the log and"
                  + " the -shm file away to use the new one; then remove %s")
              .formatted(database, log, FileLock.pathFor(database)));
    }
  }

  private void check() {
    ByteBuffer head = head();
    byte[] magic = new byte[MAGIC.length];
    head.get(0, magic);
    int pageSize = pageSize(head);
    if (head.limit() < HEADER || !Arrays.equals(magic, MAGIC) || pageSize < 512) {
      throw StoreFaults.damaged(database, "is no SQLite database");
    }
    Migrations.checkKind(database.toString(), head.getInt(60), head.getInt(68), isEmpty(head));
    long due = Integer.toUnsignedLong(head.getInt(28)) * pageSize;
    boolean counted = head.getInt(24) == head.getInt(92);
    // With a log the file may be shorter for a while: its newest pages are in the log.
    if (counted && !hasLog && bytes(database) < due) {
      throw StoreFaults.damaged(
          database,
          "is damaged: it was cut short, %,d of %,d bytes are there"
              .formatted(bytes(database), due));
    }
  }

  private static int pageSize(ByteBuffer head) {
    int stated = Short.toUnsignedInt(head.getShort(16));
    int size = stated == 1 ? PAGE_MAX : stated;
    return Integer.bitCount(size) == 1 ? size : 0;
  }

  /** Whether the file holds no table: then it is as good as new. */
  private static boolean isEmpty(ByteBuffer head) {
    return head.limit() >= HEADER + 5
        && head.get(HEADER) == LEAF_OF_TABLE
        && head.getShort(HEADER + 3) == 0;
  }

  private ByteBuffer head() {
    ByteBuffer head = ByteBuffer.allocate(HEADER + 8);
    try (FileChannel channel = FileChannel.open(database, StandardOpenOption.READ)) {
      while (head.hasRemaining() && channel.read(head) >= 0) {}
    } catch (IOException e) {
      throw StoreFaults.refusal("can't read " + database, e);
    }
    if (head.position() < HEADER) {
      // What is missing counts as zero, which no header has.
      return ByteBuffer.allocate(HEADER).limit(HEADER);
    }
    return head.flip();
  }
}
