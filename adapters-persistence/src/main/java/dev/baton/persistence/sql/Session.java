package dev.baton.persistence.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;

/**
 * One connection with its prepared statements, for one thread at a time. Transactions are begun and
 * ended here by statement: the driver's own auto-commit mode stays on and out of the way.
 */
final class Session implements AutoCloseable {
  /** Pages that a session may keep in memory, in KiB; negative is SQLite's way to say so. */
  private static final int WRITER_CACHE_KIB = -16_384;

  private static final int READER_CACHE_KIB = -4_096;
  private static final int BUSY_MILLIS = 10_000;

  private final Handle handle;
  private final Connection connection;

  /** By identity: every SQL text is a constant, and hashing a long one for each call shows. */
  private final IdentityHashMap<String, PreparedStatement> statements = new IdentityHashMap<>();

  private Session(Handle handle) {
    this.handle = handle;
    this.connection = handle.getConnection();
  }

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
    return new Session(Jdbi.open(connection));
  }

  /** A session on an empty database that goes with it. */
  static Session inMemory() {
    return open("jdbc:sqlite::memory:", new SQLiteConfig());
  }

  private static Session open(Path file, SQLiteConfig config) {
    return open("jdbc:sqlite:" + file.toAbsolutePath(), config);
  }

  private static Session open(String url, SQLiteConfig config) {
    // The driver would look with a regular expression whether each statement inserts.
    config.setGetGeneratedKeys(false);
    return new Session(
        Jdbi.create(() -> DriverManager.getConnection(url, config.toProperties())).open());
  }

  /** For what is not asked often. */
  Handle handle() {
    return handle;
  }

  /** The prepared statement of a constant text. */
  PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  void execute(String sql) {
    try {
      prepared(sql).execute();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /**
   * Rolls back what may already be rolled back: SQLite ends a transaction by itself on a full disk
   * or an I/O error, and then the error of this call must not hide the one that matters.
   */
  void rollbackAfter(Throwable first) {
    forgetStatementsAfter(first);
    try {
      execute("ROLLBACK");
    } catch (SqlFailure e) {
      first.addSuppressed(e);
    }
  }

  /** The driver makes a statement that failed unusable without saying so: they are made anew. */
  void forgetStatementsAfter(Throwable error) {
    if (SqlFailure.in(error).isPresent()) {
      try {
        closeStatements();
      } catch (SQLException e) {
        error.addSuppressed(e);
      }
    }
  }

  /** Drops the prepared statements and leaves the connection to its owner. */
  void closeStatements() throws SQLException {
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
    } finally {
      statements.clear();
    }
  }

  @Override
  public void close() {
    try {
      closeStatements();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    } finally {
      handle.close();
    }
  }
}
