package dev.baton.persistence.jdbc;

import com.google.common.base.CaseFormat;
import com.google.common.base.Splitter;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * Statements by JDBI, for all that does not run with every task: parameters have names, values of
 * the domain are bound as they are stored. For one session's thread.
 */
public final class Sql {
  private static final Splitter COLUMNS = Splitter.on(',').trimResults();

  private final Session session;
  private final Runnable onWrite;

  /**
   * @param onWrite is called before each change
   */
  public Sql(Session session, Runnable onWrite) {
    this.session = session;
    this.onWrite = onWrite;
  }

  /** To be called before a change that goes another way. */
  public void changes() {
    onWrite.run();
  }

  public Query query(String sql) {
    return session.handle().createQuery(sql);
  }

  public Update update(String sql) {
    onWrite.run();
    return session.handle().createUpdate(sql);
  }

  /** A change that gives rows back. */
  public Query updateReturning(String sql) {
    onWrite.run();
    return session.handle().createQuery(sql);
  }

  /**
   * Removes what is older, by a plain statement, since each start of a command does so.
   *
   * @param sql a constant, whose parameters are the cutoff and how many rows at most
   * @return how many went
   */
  public int prune(String sql, Instant cutoff, int max) {
    onWrite.run();
    return Statements.update(session, sql, to -> to.instant(cutoff).number(max));
  }

  /** Inserts a row; the parameter of {@code created_at} is {@code :createdAt}, and so on. */
  public static String insert(String table, String columns) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(table, columns, each(columns, column -> ":" + parameter(column)));
  }

  /** Inserts a row, or changes the other columns of the one with this key. */
  public static String put(String table, String key, String columns) {
    return insert(table, key + ", " + columns)
        + " ON CONFLICT (%s) DO UPDATE SET %s"
            .formatted(key, each(columns, column -> column + " = excluded." + column));
  }

  /** Changes columns of the rows that {@code where} names. */
  public static String update(String table, String columns, String where) {
    return "UPDATE %s SET %s WHERE %s"
        .formatted(table, each(columns, column -> column + " = :" + parameter(column)), where);
  }

  private static String each(String columns, Function<String, String> text) {
    List<String> names = COLUMNS.splitToList(columns);
    return names.stream().map(text).collect(Collectors.joining(", "));
  }

  private static String parameter(String column) {
    return CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, column);
  }
}
