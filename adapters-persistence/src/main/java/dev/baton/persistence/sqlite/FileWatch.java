package dev.baton.persistence.sqlite;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.persistence.sqlite.disk.RealFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sees that the database and its log are still the files that were opened. One that was deleted or
 * replaced takes every further write into nothing. Thread-safe.
 */
final class FileWatch {
  private static final long LOOK_NANOS = 500_000_000;

  private final Path database;
  private final Path log;
  private final Optional<Object> databaseThen;
  private volatile Optional<Object> logThen;
  private volatile long lookedAt = System.nanoTime();

  /** Remembers the files as they are now. */
  FileWatch(Path database) {
    this.database = database;
    this.log = LogCheck.logOf(database);
    this.databaseThen = RealFile.identity(database);
    this.logThen = RealFile.identity(log);
  }

  /** As {@link #look}, but not more often than once in half a second. */
  void lookNowAndThen() {
    if (System.nanoTime() - lookedAt >= LOOK_NANOS) {
      look();
    }
  }

  /** Fails with {@link Reason#REPLACED} once either is another one. */
  void look() {
    lookedAt = System.nanoTime();
    check(database, databaseThen);
    if (logThen.isEmpty()) {
      // It is made by the first write.
      logThen = RealFile.identity(log);
    }
    check(log, logThen);
  }

  private void check(Path file, Optional<Object> then) {
    Optional<Object> now = RealFile.identity(file);
    if (then.isPresent() && !now.equals(then)) {
      throw new StoreRefusedException(
          Reason.REPLACED,
          ("%s was %s while this process had it open: nothing is taken any more, because it would"
                  + " be lost. Put the file back in its place, with its -wal, or choose which one"
                  + " is to be used, then start again")
              .formatted(file, now.isEmpty() ? "deleted" : "replaced by another file"));
    }
  }
}
