package dev.baton.persistence.sqlite;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.persistence.sqlite.disk.StoreFaults;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is looked at of a log before SQLite is let near its database, for whatever it is opened. */
final class LogCheck {
  private LogCheck() {}

  static Path logOf(Path database) {
    return database.resolveSibling(database.getFileName() + "-wal");
  }

  /** Refuses a log without its database: SQLite would make a new one, and drop the log. */
  static void database(Path database) {
    Path log = logOf(database);
    if (bytes(log) > 0 && bytes(database) == 0) {
      throw new StoreRefusedException(
          Reason.DAMAGED,
          ("%s is %s, but its log %s is there and may hold acknowledged work; nothing was touched."
                  + " Put the database back in its place, or bring back a backup with"
                  + " 'baton restore', which puts the log aside")
              .formatted(database, Files.exists(database) ? "empty" : "missing", log));
    }
  }

  /**
   * Refuses a log whose header is broken: SQLite would take it for an empty one, and with it drop
   * what was acknowledged. One that was never written is zeros, which a cut of the power may leave.
   */
  static void header(Path database) {
    Path log = logOf(database);
    if (bytes(log) > 0 && bytes(database) > 0 && !WalHeader.isSound(log)) {
      throw StoreFaults.damaged(
          database,
          ("has a damaged log, %s, which may hold acknowledged work; nothing was touched. Put an"
                  + " undamaged copy of the log in its place, or bring back a backup with"
                  + " 'baton restore', which keeps the log under another name")
              .formatted(log));
    }
  }

  private static long bytes(Path file) {
    return file.toFile().length();
  }
}
