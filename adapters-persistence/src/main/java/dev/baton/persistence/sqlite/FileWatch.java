package dev.baton.persistence.sqlite;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import dev.baton.persistence.sqlite.disk.FileLock;
import dev.baton.persistence.sqlite.disk.FileState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sees that the database and its log are still the files that were opened, and that nobody else
 * writes to them. One that was deleted, replaced, emptied or overwritten takes every further write
 * into nothing. For the writer's thread, but for {@link #lookWhose}.
 */
final class FileWatch {
  private static final long LOOK_NANOS = 500_000_000;
  private static final int PAGES_AT = 28;

  private final Path database;
  private final Path log;
  private final FileLock lock;
  private final Session session;
  private volatile Optional<FileState> databaseThen;
  private volatile Optional<FileState> logThen;
  private long lookedAt = System.nanoTime();
  private long pagesThen;

  /** Remembers the files as they are now. */
  FileWatch(Path database, FileLock lock, Session session) {
    this.database = database;
    this.log = LogCheck.logOf(database);
    this.lock = lock;
    this.session = session;
    this.databaseThen = FileState.of(database);
    this.logThen = FileState.of(log);
    this.pagesThen = pagesInFile();
  }

  /** As {@link #look}, but not more often than once in half a second. */
  void lookNowAndThen() {
    if (System.nanoTime() - lookedAt >= LOOK_NANOS) {
      look();
    }
  }

  /** Fails with {@link Reason#REPLACED} once either is another one, or shorter than it was. */
  void look() {
    lookedAt = System.nanoTime();
    databaseThen = looked(database, databaseThen);
    logThen = looked(log, logThen);
  }

  /** The same as far as it is certain while the writer works, for any thread. */
  void lookWhose() {
    requireSame(database, databaseThen, FileState.of(database));
    requireSame(log, logThen, FileState.of(log));
  }

  private Optional<FileState> looked(Path file, Optional<FileState> then) {
    Optional<FileState> now = FileState.of(file);
    requireSame(file, then, now);
    if (then.isPresent() && now.isPresent()) {
      if (now.get().bytes() < then.get().bytes()) {
        throw gone(file, "emptied or cut short");
      }
      if (file.equals(database) && now.get().isLaterThan(then.get())) {
        requireOurs();
      }
    }
    // A log that is not there yet is made by the first write.
    return now;
  }

  private static void requireSame(Path file, Optional<FileState> then, Optional<FileState> now) {
    if (then.isPresent() && (now.isEmpty() || !now.get().isSameFileAs(then.get()))) {
      throw gone(file, now.isEmpty() ? "deleted" : "replaced by another file");
    }
  }

  /**
   * Somebody wrote to the file. Who moves pages of the log into it may, as the writer does, and
   * leaves a length that the database had since; a file that was written over it has any other.
   */
  private void requireOurs() {
    long pages = pagesInFile();
    long known = Statements.first(session, "PRAGMA page_count", to -> {}, Row::number).orElse(0L);
    if (pages < pagesThen || pages > known) {
      throw gone(database, "overwritten");
    }
    pagesThen = pages;
  }

  /** As its header says; read without SQLite, which would say what the log does. */
  private long pagesInFile() {
    try {
      ByteBuffer head = lock.head();
      return head.limit() < PAGES_AT + Integer.BYTES
          ? 0
          : Integer.toUnsignedLong(head.getInt(PAGES_AT));
    } catch (IOException e) {
      throw new StoreRefusedException(Reason.IO_ERROR, "can't read " + database, e);
    }
  }

  private static StoreRefusedException gone(Path file, String what) {
    return new StoreRefusedException(
        Reason.REPLACED,
        ("%s was %s while this process had it open: nothing is taken any more, because it would"
                + " be lost. Put the file back in its place, with its -wal, or choose which one"
                + " is to be used, then start again")
            .formatted(file, what));
  }
}
