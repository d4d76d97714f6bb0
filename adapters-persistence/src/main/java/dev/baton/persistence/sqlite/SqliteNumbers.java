package dev.baton.persistence.sqlite;

import dev.baton.persistence.jdbc.Numbers;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;

/**
 * Goes on above the highest row, as nobody else writes meanwhile. Before rows are removed, the
 * highest number goes to {@code number_given}: so an insert costs no write beside the row's own.
 */
final class SqliteNumbers implements Numbers {
  private final Session session;
  private final String highestSql;
  private final String keepSql;

  /** The highest number in this transaction; 0 while not looked up. */
  private long highest;

  SqliteNumbers(Session session, String table) {
    this.session = session;
    this.highestSql =
        """
        SELECT max(n) FROM (SELECT max(seq) AS n FROM %1$s
          UNION ALL SELECT highest FROM number_given WHERE kind = '%1$s')
        """
            .formatted(table);
    this.keepSql =
        """
        UPDATE number_given SET highest = (SELECT max(seq) FROM %1$s)
         WHERE kind = '%1$s' AND highest < (SELECT max(seq) FROM %1$s)
        """
            .formatted(table);
  }

  @Override
  public void forget() {
    highest = 0;
  }

  @Override
  public long next() {
    if (highest == 0) {
      highest = Statements.first(session, highestSql, to -> {}, Row::number).orElseThrow();
    }
    return ++highest;
  }

  @Override
  public void keep() {
    Statements.update(session, keepSql, to -> {});
  }
}
