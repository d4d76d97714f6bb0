package dev.baton.persistence.sql;

import java.sql.SQLException;
import java.util.Optional;

/**
 * A statement failed; unchecked, so that works stay plain functions. Not seen outside the store.
 */
final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  SqlFailure(SQLException cause) {
    super(cause);
  }

  /** The failure at the root of {@code error}, by whatever road it came. */
  static Optional<SqlFailure> in(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof SqlFailure failure) {
        return Optional.of(failure);
      }
      if (t instanceof SQLException e) {
        return Optional.of(new SqlFailure(e));
      }
    }
    return Optional.empty();
  }

  /** SQLite's primary result code (https://www.sqlite.org/rescode.html). */
  int code() {
    return getCause() instanceof SQLException e ? e.getErrorCode() & 0xFF : 0;
  }

  boolean isDiskFull() {
    return code() == FULL;
  }

  /** Somebody else's transaction on the same file stood in the way; nothing was done. */
  boolean isBusy() {
    return code() == BUSY || code() == LOCKED;
  }

  /** The disk or the file is not what it was: after it nothing may be written. */
  boolean isDiskFault() {
    return switch (code()) {
      case READONLY, IOERR, CORRUPT, CANTOPEN, NOTADB -> true;
      default -> false;
    };
  }

  /** Whether it says something of the disk or of others; everything else is a bug of ours. */
  boolean isKnown() {
    return isDiskFull() || isBusy() || isDiskFault();
  }
}
