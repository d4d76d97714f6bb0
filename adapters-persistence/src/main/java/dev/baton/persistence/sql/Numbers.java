package dev.baton.persistence.sql;

/**
 * Numbers the rows of one table upwards, and gives no number twice: before rows are removed, the
 * highest number goes to {@code number_given}. An insert costs no write beside the row's own.
 */
final class Numbers {
  private final Session session;
  private final String highestSql;
  private final String keepSql;

  /** The highest number in this transaction; 0 while not looked up. */
  private long highest;

  /**
   * @param table has its numbers in {@code seq}
   */
  Numbers(Session session, String table) {
    this.session = session;
    this.highestSql =
        "SELECT max(n) FROM (SELECT max(seq) AS n FROM %1$s UNION ALL SELECT highest FROM number_given WHERE kind = '%1$s')"
            .formatted(table);
    this.keepSql =
        "UPDATE number_given SET highest = (SELECT max(seq) FROM %1$s) WHERE kind = '%1$s' AND highest < (SELECT max(seq) FROM %1$s)"
            .formatted(table);
  }

  /** At the start of a transaction, and when one is taken back. */
  void forget() {
    highest = 0;
  }

  long next() {
    if (highest == 0) {
      highest = Statements.query(session, highestSql, s -> {}, row -> row.getLong(1)).get(0);
    }
    return ++highest;
  }

  /** Before rows of the table are removed. */
  void keep() {
    Statements.update(session, keepSql, statement -> {});
  }
}
