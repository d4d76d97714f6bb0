package dev.baton.persistence.jdbc;

import java.sql.SQLException;
import java.util.Optional;

/**
 * A statement failed; unchecked, so that works stay plain functions. Not seen outside the store.
 */
public final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SqlFailure(SQLException cause) {
    super(cause);
  }

  /** What the driver threw at the root of {@code error}, by whatever road it came. */
  public static Optional<SQLException> in(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        return Optional.of(e);
      }
    }
    return Optional.empty();
  }
}
