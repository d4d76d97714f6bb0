package dev.baton.persistence.jdbc;

import com.google.common.base.Splitter;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs the prepared statements of what happens with every task, where the cost of {@link Sql} would
 * show. A statement's text must be one constant object, for it is found by identity. The driver's
 * checked exceptions turn into {@link SqlFailure}.
 */
public final class Statements {
  private static final Splitter COLUMNS = Splitter.on(',').trimResults();

  private Statements() {}

  /** Sets parameters. */
  @FunctionalInterface
  public interface Binder {
    void bind(Values parameters) throws SQLException;
  }

  /** Makes something of a row. */
  @FunctionalInterface
  public interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  /** Says whether to go on with the next row. */
  @FunctionalInterface
  public interface Visitor {
    boolean visit(Row row) throws SQLException;
  }

  /** Returns how many rows were changed. */
  @CanIgnoreReturnValue
  public static int update(Session session, String sql, Binder binder) {
    try {
      PreparedStatement statement = session.prepared(sql);
      binder.bind(new Values(statement));
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Looks at rows for as long as {@code visitor} wants. */
  public static void visit(Session session, String sql, Binder binder, Visitor visitor) {
    try {
      PreparedStatement statement = session.prepared(sql);
      binder.bind(new Values(statement));
      try (ResultSet found = statement.executeQuery()) {
        boolean more = true;
        while (more && found.next()) {
          more = visitor.visit(new Row(found));
        }
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  public static <T> List<T> query(Session session, String sql, Binder binder, Mapper<T> mapper) {
    List<T> rows = new ArrayList<>();
    visit(session, sql, binder, row -> rows.add(mapper.map(row)));
    return rows;
  }

  /** The first row. */
  public static <T> Optional<T> first(
      Session session, String sql, Binder binder, Mapper<T> mapper) {
    try {
      PreparedStatement statement = session.prepared(sql);
      binder.bind(new Values(statement));
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? Optional.of(mapper.map(new Row(found))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** The text that inserts a row, with a parameter for each column in turn. */
  public static String insert(String table, String columns) {
    return "INSERT INTO %s (%s) VALUES (%s)".formatted(table, columns, each(columns, "?"));
  }

  /** The text that inserts a row or changes the other columns of the one with this key. */
  public static String put(String table, String key, String columns) {
    return "%s ON CONFLICT (%s) DO UPDATE SET %s"
        .formatted(insert(table, key + ", " + columns), key, each(columns, "%1$s = excluded.%1$s"));
  }

  /** The text that changes columns of a row, whose key is the last parameter. */
  public static String update(String table, String columns, String key) {
    return "UPDATE %s SET %s WHERE %s = ?".formatted(table, each(columns, "%s = ?"), key);
  }

  private static String each(String columns, String text) {
    return COLUMNS.splitToStream(columns).map(text::formatted).collect(Collectors.joining(", "));
  }
}
