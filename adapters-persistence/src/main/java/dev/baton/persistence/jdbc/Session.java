package dev.baton.persistence.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements, for one thread at a time. Transactions are begun and
 * ended here by statement: the driver's own auto-commit mode stays on and out of the way.
 */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private final boolean own;
  private final Dialect dialect;
  private @Nullable Handle handle;

  /** By identity: every SQL text is a constant, and hashing a long one for each call shows. */
  private final IdentityHashMap<String, PreparedStatement> statements = new IdentityHashMap<>();

  /**
   * @param own whether the connection is closed with the session, or by somebody else
   */
  public Session(Connection connection, boolean own, Dialect dialect) {
    this.connection = connection;
    this.own = own;
    this.dialect = dialect;
  }

  public Dialect dialect() {
    return dialect;
  }

  public Connection connection() {
    return connection;
  }

  /**
   * For what is not asked often: statements by JDBI, with named parameters. Made when it is first
   * asked for: its 500 classes are a quarter of what a command that needs none of it would load.
   */
  public Handle handle() {
    if (handle == null) {
      handle = StoredForms.register(Jdbi.create(connection)).open();
    }
    return handle;
  }

  /** The prepared statement of a constant text. */
  public PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  public void execute(String sql) {
    try {
      prepared(sql).execute();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /**
   * Rolls back what may already be rolled back: a database may end a transaction by itself, and
   * then the error of this call must not hide the one that matters.
   */
  public void rollbackAfter(Throwable first) {
    forgetStatementsAfter(first);
    try {
      execute("ROLLBACK");
    } catch (SqlFailure e) {
      first.addSuppressed(e);
    }
  }

  /** The driver makes a statement that failed unusable without saying so: they are made anew. */
  public void forgetStatementsAfter(Throwable error) {
    if (SqlFailure.in(error).isPresent()) {
      try {
        closeStatements();
      } catch (SQLException e) {
        error.addSuppressed(e);
      }
    }
  }

  /** Drops the prepared statements and leaves the connection to its owner. */
  public void closeStatements() throws SQLException {
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
      closeConnection();
    }
  }

  private void closeConnection() {
    if (handle != null) {
      handle.close();
    }
    try {
      if (own) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }
}
