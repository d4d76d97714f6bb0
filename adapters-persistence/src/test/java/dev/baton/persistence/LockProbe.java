package dev.baton.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Tries a lock from another process and tells by its exit code. */
final class LockProbe {
  static final int FREE = 10;
  static final int LOCKED = 11;

  private LockProbe() {}

  public static void main(String[] args) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
      System.exit(channel.tryLock() == null ? LOCKED : FREE);
    }
  }
}
