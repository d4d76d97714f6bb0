package dev.baton.persistence.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs prepared statements, with the driver's checked exceptions turned into {@link SqlFailure}.
 */
public final class Statements {

  private Statements() {}

  @FunctionalInterface
  public interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  @FunctionalInterface
  public interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  public static int update(Session session, String sql, Binder binder) {
    try {
      PreparedStatement statement = session.prepared(sql);
      binder.bind(statement);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  public static <T> List<T> query(Session session, String sql, Binder binder, Mapper<T> mapper) {
    try {
      PreparedStatement statement = session.prepared(sql);
      binder.bind(statement);
      try (ResultSet found = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(mapper.map(found));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }
}
