package dev.baton.persistence.sqlite;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from working on the same file. The lock lies on a file beside the database
 * that holds the owner's pid; the system drops it with the process, however that ends.
 */
final class FileLock implements AutoCloseable {
  /**
   * What this process holds. Asked before the lock's file is opened: the system drops a process's
   * lock as soon as that process closes any opening of the file, also a later one.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private FileLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static Path pathFor(Path database) {
    return database.resolveSibling(database.getFileName() + "-lock");
  }

  static FileLock acquire(Path database) {
    Path path = pathFor(database);
    if (!HELD.add(path)) {
      throw inUse(database, ownPid());
    }
    try {
      return lock(database, path);
    } catch (RuntimeException e) {
      HELD.remove(path);
      throw e;
    }
  }

  private static FileLock lock(Path database, Path path) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!tryLock(channel)) {
        String owner = Files.readString(path).strip();
        channel.close();
        throw inUse(database, owner.isEmpty() ? "unknown" : owner);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(ownPid().getBytes(StandardCharsets.US_ASCII)), 0);
      return new FileLock(path, channel);
    } catch (IOException e) {
      closeAfter(channel, e);
      throw new StoreRefusedException(
          Reason.UNREACHABLE, "can't write beside " + database + ": " + e, e);
    }
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static StoreRefusedException inUse(Path database, String owner) {
    return new StoreRefusedException(
        Reason.IN_USE,
        "%s is in use by process %s: stop it, or talk to it with --server"
            .formatted(database, owner));
  }

  /** The process that holds the lock now, if one does and its number can be read. */
  static OptionalLong holder(Path database) {
    Path path = pathFor(database);
    if (HELD.contains(path)) {
      return OptionalLong.of(ProcessHandle.current().pid());
    }
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
      HELD.remove(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
