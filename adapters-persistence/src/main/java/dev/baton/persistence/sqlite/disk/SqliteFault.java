package dev.baton.persistence.sqlite.disk;

import dev.baton.persistence.jdbc.SqlFailure;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failed statement says of the disk or of others. */
public enum SqliteFault {
  /** Nothing of that: a bug of ours, or no failure of a statement at all. */
  NONE,
  /** There is no room; nothing was written. */
  FULL,
  /** Another connection holds the database. */
  BUSY,
  /** The file may not be written, or not be opened. */
  PERMISSION,
  /** The content is not that of a sound database. */
  DAMAGED,
  /** Reading, writing or flushing failed. */
  IO;

  public static SqliteFault of(Throwable error) {
    return SqlFailure.in(error).map(SqliteFault::of).orElse(NONE);
  }

  /** By SQLite's primary result code (https://www.sqlite.org/rescode.html). */
  private static SqliteFault of(SQLException e) {
    if (e instanceof SQLiteException exact
        && exact.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
      // The log's index could not grow: what a full disk looks like when the log still fits.
      return FULL;
    }
    return switch (e.getErrorCode() & 0xFF) {
      case 5, 6 -> BUSY; // BUSY, LOCKED
      case 13 -> FULL;
      case 3, 8, 23 -> PERMISSION; // PERM, READONLY, AUTH
      case 11, 26 -> DAMAGED; // CORRUPT, NOTADB
      case 10, 14 -> IO; // IOERR, CANTOPEN
      default -> NONE;
    };
  }

  /** Whether nothing may be written after it: nobody knows what the disk holds. */
  public boolean isBroken() {
    return switch (this) {
      case NONE, FULL, BUSY -> false;
      case PERMISSION, DAMAGED, IO -> true;
    };
  }
}
