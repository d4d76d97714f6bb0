package dev.baton.persistence.sql;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from working on the same file. The lock lies on a file beside the database
 * that holds the owner's pid; the system drops it with the process, however that ends.
 */
final class FileLock implements AutoCloseable {
  private final FileChannel channel;

  private FileLock(FileChannel channel) {
    this.channel = channel;
  }

  static Path pathFor(Path database) {
    return database.resolveSibling(database.getFileName() + "-lock");
  }

  static FileLock acquire(Path database) {
    Path path = pathFor(database);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!tryLock(channel)) {
        String owner = Files.readString(path).strip();
        channel.close();
        throw new StoreRefusedException(
            Reason.IN_USE,
            "%s is in use by process %s: stop it, or talk to it with --server"
                .formatted(database, owner.isEmpty() ? "unknown" : owner));
      }
      channel.truncate(0);
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(pid), 0);
      return new FileLock(channel);
    } catch (IOException e) {
      closeAfter(channel, e);
      throw new StoreRefusedException(
          Reason.UNREACHABLE, "can't write beside " + database + ": " + e, e);
    }
  }

  /** The process that holds the lock now, if one does and its number can be read. */
  static OptionalLong holder(Path database) {
    Path path = pathFor(database);
    if (!Files.exists(path)) {
      return OptionalLong.empty();
    }
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (tryLock(channel)) {
        return OptionalLong.empty();
      }
      String owner = Files.readString(path).strip();
      return owner.chars().allMatch(Character::isDigit) && !owner.isEmpty()
          ? OptionalLong.of(Long.parseLong(owner))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void closeAfter(@Nullable FileChannel channel, IOException first) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        first.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
