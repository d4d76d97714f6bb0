package dev.baton.persistence.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Moves the write-ahead log into the database file, on the writer's thread between two groups, when
 * the log has grown enough. SQLite would do it by itself, but drops an I/O error on the way.
 */
final class Checkpointer {
  /** How often the log's length is looked at. */
  static final Duration INTERVAL = Duration.ofMillis(100);

  /** 4 KiB pages in the log: 16 MiB. */
  private static final int PAGES_MAX = 4_096;

  private static final String LENGTH = "PRAGMA wal_checkpoint(NOOP)";
  private static final String PASSIVE = "PRAGMA wal_checkpoint(PASSIVE)";
  private static final String TRUNCATE = "PRAGMA wal_checkpoint(TRUNCATE)";

  private final Session session;
  private long lookedAt = System.nanoTime();

  Checkpointer(Session session) {
    this.session = session;
  }

  void maybe(Consumer<Throwable> onFailure) {
    long now = System.nanoTime();
    if (now - lookedAt < INTERVAL.toNanos()) {
      return;
    }
    lookedAt = now;
    try {
      if (pagesOf(LENGTH) > PAGES_MAX) {
        pagesOf(PASSIVE);
      }
    } catch (SqlFailure e) {
      onFailure.accept(e);
    }
  }

  /** Before a clean end: the database file alone then holds everything. */
  void last(Consumer<Throwable> onFailure) {
    try {
      pagesOf(TRUNCATE);
    } catch (SqlFailure e) {
      onFailure.accept(e);
    }
  }

  private int pagesOf(String pragma) {
    try (ResultSet answer = session.prepared(pragma).executeQuery()) {
      // busy, pages in the log, pages moved
      return answer.next() ? answer.getInt(2) - Math.max(0, movedBy(pragma, answer)) : 0;
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private static int movedBy(String pragma, ResultSet answer) throws SQLException {
    return pragma.equals(LENGTH) ? answer.getInt(3) : 0;
  }
}
