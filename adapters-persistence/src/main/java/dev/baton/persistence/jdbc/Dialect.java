package dev.baton.persistence.jdbc;

/**
 * What differs between the databases in the statements that they share. Each method gives a piece
 * of SQL, always the same one for the same argument.
 *
 * <p>What needs no word here, because both databases agree: {@code INSERT … ON CONFLICT (key) DO
 * UPDATE SET a = excluded.a} to add or change, {@code RETURNING} for what a statement made, {@code
 * LIMIT … OFFSET …} for pages, comparison of rows, and partial indexes. Instants are stored as
 * milliseconds since the epoch, which the caller brings along: no statement asks the database for
 * its time. Flags are stored as 0 and 1. Numbers of rows are made by {@link Numbers}.
 */
public interface Dialect {

  /**
   * Follows a query for rows that its transaction will change: locks them until it ends, and waits
   * for whoever has them. Nothing where one transaction has the database to itself.
   */
  String forUpdate();

  /** As {@link #forUpdate}, but passes over rows of {@code table} that others have locked. */
  String skipLocked(String table);

  /** Sorts a text without regard to case. Texts sort by their bytes otherwise. */
  String caseless(String column);

  /** Whether a text contains what the parameter, a pattern with {@code !} to escape, describes. */
  String contains(String column, String parameter);

  /** A column that the planner shall not look up in an index, because another has the order. */
  String unindexed(String column);

  /** Joins a table row by row, in the order in which the tables are named. */
  String joinInOrder(String table, String using);

  /** A query for a number that is another one once another connection has committed. */
  String commitsOfOthers();
}
