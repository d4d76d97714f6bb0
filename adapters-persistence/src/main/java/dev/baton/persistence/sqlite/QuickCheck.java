package dev.baton.persistence.sqlite;

import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
import dev.baton.persistence.sqlite.disk.StoreFaults;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/**
 * Looks whether all tables are there, and for damage within a bounded time: through every page, if
 * that fits into half of it; else rows of tasks, texts, results and events picked at random until
 * the time is over, which meets the pages on the way to them and no others.
 */
final class QuickCheck {
  private static final String OK = "ok";
  private static final String NEWEST = "SELECT coalesce(max(seq), 0) FROM task";
  private static final List<String> SAMPLES =
      List.of(
          "SELECT * FROM task WHERE seq >= :at ORDER BY seq LIMIT 1",
          "SELECT * FROM task_text WHERE seq >= :at ORDER BY seq LIMIT 1",
          "SELECT * FROM task_result WHERE seq >= :at ORDER BY seq LIMIT 1",
          "SELECT * FROM event_block WHERE first >= :at ORDER BY first LIMIT 1");
  private static final int INTERRUPTED = 9;

  private final Session session;
  private final long endNanos;

  private QuickCheck(Session session, Duration most) {
    this.session = session;
    this.endNanos = System.nanoTime() + most.toNanos();
  }

  /**
   * Refuses a database in which damage is found.
   *
   * @param most how long to look; zero: not at all
   * @return what was looked at, for a log
   */
  static String run(Path database, Session session, Duration most) {
    if (most.isZero()) {
      return "nothing";
    }
    List<String> missing = Migrations.missing(session);
    if (!missing.isEmpty()) {
      throw StoreFaults.damaged(database, "is damaged: it has no " + missing.get(0));
    }
    QuickCheck check = new QuickCheck(session, most);
    List<String> found = check.wholly(most.dividedBy(2));
    if (found.equals(List.of(OK))) {
      return "all pages";
    }
    if (!found.isEmpty()) {
      throw StoreFaults.damaged(database, "is damaged (" + found.get(0) + ")");
    }
    return check.sampled() + " rows picked at random";
  }

  /** What every page says of itself; nothing if the time did not do. */
  private List<String> wholly(Duration most) {
    Connection connection = session.connection();
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<Void> timer =
          CompletableFuture.runAsync(
              () -> cancel(statement),
              CompletableFuture.delayedExecutor(most.toMillis(), TimeUnit.MILLISECONDS));
      try (var rows = statement.executeQuery("PRAGMA quick_check(1)")) {
        return rows.next() ? List.of(rows.getString(1)) : List.of();
      } finally {
        timer.cancel(false);
      }
    } catch (SQLException e) {
      if ((e.getErrorCode() & 0xFF) == INTERRUPTED) {
        return List.of();
      }
      throw new SqlFailure(e);
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It had ended.
      System.getLogger(QuickCheck.class.getName())
          .log(System.Logger.Level.DEBUG, "the check had ended", e);
    }
  }

  private long sampled() {
    Handle handle = session.handle();
    long last = handle.createQuery(NEWEST).mapTo(Long.class).one();
    long rows = 0;
    while (System.nanoTime() < endNanos) {
      long at = ThreadLocalRandom.current().nextLong(last + 1);
      for (String sample : SAMPLES) {
        rows += handle.createQuery(sample).bind("at", at).mapToMap().list().size();
      }
    }
    return rows;
  }
}
