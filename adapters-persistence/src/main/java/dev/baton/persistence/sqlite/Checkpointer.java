package dev.baton.persistence.sqlite;

import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
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

  private static final String LOOK = "PRAGMA wal_checkpoint(NOOP)";
  private static final String MOVE = "PRAGMA wal_checkpoint(PASSIVE)";
  private static final String MOVE_ALL = "PRAGMA wal_checkpoint(TRUNCATE)";

  private final Session session;
  private final int pagesMax;
  private long lookedAt = System.nanoTime();

  /**
   * @param pagesMax how many pages may wait in the log
   */
  Checkpointer(Session session, int pagesMax) {
    this.session = session;
    this.pagesMax = pagesMax;
  }

  /** Moves the log if it has grown; looks at most every {@link #INTERVAL}. */
  void maybe(Consumer<Throwable> onFailure) {
    long now = System.nanoTime();
    if (now - lookedAt < INTERVAL.toNanos()) {
      return;
    }
    lookedAt = now;
    try {
      if (pagesLeft(LOOK) > pagesMax) {
        pagesLeft(MOVE);
      }
    } catch (SqlFailure e) {
      session.forgetStatementsAfter(e);
      onFailure.accept(e);
    }
  }

  /** Makes the log's room free for what comes next, as far as that goes on a full disk. */
  void now() {
    try {
      var unused = pagesLeft(MOVE);
    } catch (SqlFailure e) {
      session.forgetStatementsAfter(e);
    }
  }

  /** Before a clean end: the database file alone then holds everything. */
  void last(Consumer<Throwable> onFailure) {
    try {
      pagesLeft(MOVE_ALL);
    } catch (SqlFailure e) {
      onFailure.accept(e);
    }
  }

  /** How many pages are in the log and, after the pragma, not in the file. */
  private int pagesLeft(String pragma) {
    try (ResultSet answer = session.prepared(pragma).executeQuery()) {
      return answer.next() ? answer.getInt("log") - answer.getInt("checkpointed") : 0;
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }
}
