package dev.baton.app.bench;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** The files of a store, opened and filled without one. */
final class BenchFiles {
  /** What a store gives its writer. */
  private static final int CACHE_KIB = -16_384;

  private static final String CHECKPOINT_PAGES = "4096";

  // A number spread over the id, so that the id index is as deep and as scattered as a real one.
  private static final String TASKS =
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
      INSERT INTO task (seq, id, tenant, queue, rank, submitted_at, plain, priority, state,
                        attempts, token, leased_at, lease_until, start_at, in_gate, changed_at)
      SELECT ?1 + i, 'filled-' || (((?1 + i) * 2654435761) % 4294967296) || '-' || (?1 + i),
             ?3, ?4, ?1 + i, ?1 + i, 1, 0, ?5, ?6, ?6, 0, 0, 0, 0, 0
        FROM n
      """;
  private static final String TEXTS =
      "INSERT INTO task_text (seq, prompt) SELECT seq, ?3 FROM task WHERE seq > ?1 AND seq <= ?2";
  private static final String RESULTS =
      "INSERT INTO task_result (seq, at, content)"
          + " SELECT seq, 0, ?3 FROM task WHERE seq > ?1 AND seq <= ?2";
  private static final int READY = 1;
  private static final int SUCCEEDED = 3;

  private BenchFiles() {}

  /** A connection set up as a store's writer is, but for checkpoints, which SQLite makes. */
  static Connection open(Path file, boolean powerLossSafe) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(
        powerLossSafe ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
    config.setCacheSize(CACHE_KIB);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, CHECKPOINT_PAGES);
    config.setGetGeneratedKeys(false);
    return DriverManager.getConnection(
        "jdbc:sqlite:" + file.toAbsolutePath(), config.toProperties());
  }

  /**
   * Adds tasks to an empty database that nobody has open, faster than they could be submitted:
   * first finished ones, then waiting ones of lower rank than any that is submitted later.
   */
  static void fill(Path file, int finished, int waiting, int textLength) {
    String text = "x".repeat(textLength);
    try (Connection database = open(file, false);
        Statement statement = database.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      addTasks(database, 0, finished, SUCCEEDED);
      addTexts(database, TEXTS, 0, finished, text);
      addTexts(database, RESULTS, 0, finished, text);
      addTasks(database, finished, waiting, READY);
      addTexts(database, TEXTS, finished, finished + waiting, text);
      statement.execute("COMMIT");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addTasks(Connection database, long after, int count, int state)
      throws SQLException {
    if (count == 0) {
      return;
    }
    try (PreparedStatement tasks = database.prepareStatement(TASKS)) {
      tasks.setLong(1, after);
      tasks.setInt(2, count);
      tasks.setString(3, TenantId.DEFAULT.value());
      tasks.setString(4, QueueName.DEFAULT.value());
      tasks.setInt(5, state);
      tasks.setInt(6, state == READY ? 0 : 1);
      tasks.executeUpdate();
    }
  }

  private static void addTexts(Connection database, String sql, long after, long last, String text)
      throws SQLException {
    try (PreparedStatement texts = database.prepareStatement(sql)) {
      texts.setLong(1, after);
      texts.setLong(2, last);
      texts.setString(3, text);
      texts.executeUpdate();
    }
  }
}
