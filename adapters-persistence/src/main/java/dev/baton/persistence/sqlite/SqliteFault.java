package dev.baton.persistence.sqlite;

import dev.baton.persistence.jdbc.SqlFailure;
import java.sql.SQLException;

/** What a failed statement says of the disk or of others. */
enum SqliteFault {
  /** Nothing of that: a bug of ours, or no failure of a statement at all. */
  NONE,
  /** There is no room; nothing was written. */
  FULL,
  /** Another connection holds the database. */
  BUSY,
  /** The disk or the file is not what it was: after it nothing may be written. */
  BROKEN;

  static SqliteFault of(Throwable error) {
    return SqlFailure.in(error).map(SqliteFault::of).orElse(NONE);
  }

  /** By SQLite's primary result code (https://www.sqlite.org/rescode.html). */
  private static SqliteFault of(SQLException e) {
    return switch (e.getErrorCode() & 0xFF) {
      case 5, 6 -> BUSY; // BUSY, LOCKED
      case 13 -> FULL;
      case 8, 10, 11, 14, 26 -> BROKEN; // READONLY, IOERR, CORRUPT, CANTOPEN, NOTADB
      default -> NONE;
    };
  }
}
