package dev.baton.persistence.sqlite;

import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Opens sessions on a database file, each with the settings that its use asks for. */
final class SqliteSessions {
  /** Pages that a session may keep in memory, in KiB; negative is SQLite's way to say so. */
  private static final int WRITER_CACHE_KIB = -16_384;

  private static final int READER_CACHE_KIB = -4_096;
  private static final int BUSY_MILLIS = 10_000;

  private SqliteSessions() {}

  static Session writer(Path file, boolean powerLossSafe) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(
        powerLossSafe ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
    config.setCacheSize(WRITER_CACHE_KIB);
    config.setBusyTimeout(BUSY_MILLIS);
    // The writer checkpoints when it chooses, because SQLite swallows an I/O error of its own.
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "0");
    return open(file, config);
  }

  static Session reader(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setCacheSize(READER_CACHE_KIB);
    config.setBusyTimeout(BUSY_MILLIS);
    Session session = open(file, config);
    session.execute("PRAGMA query_only = 1");
    return session;
  }

  /** A session to copy the whole database from: it writes nothing to it, but into a new file. */
  static Session copier(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    return open(file, config);
  }

  /** A session on a connection of somebody else's, who also closes it. */
  static Session borrowed(Connection connection) {
    return new Session(connection, false, SqliteDialect.INSTANCE);
  }

  /** A session on an empty database that goes with it. */
  static Session inMemory() {
    return open("jdbc:sqlite::memory:", new SQLiteConfig());
  }

  /**
   * SQLite itself would drop a log that lost its database or is broken, whatever it is opened for.
   */
  private static Session open(Path file, SQLiteConfig config) {
    LogCheck.database(file);
    LogCheck.header(file);
    return open("jdbc:sqlite:" + file.toAbsolutePath(), config);
  }

  private static Session open(String url, SQLiteConfig config) {
    // The driver would look with a regular expression whether each statement inserts.
    config.setGetGeneratedKeys(false);
    try {
      return new Session(
          DriverManager.getConnection(url, config.toProperties()), true, SqliteDialect.INSTANCE);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }
}
