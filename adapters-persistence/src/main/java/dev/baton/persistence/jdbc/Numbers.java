package dev.baton.persistence.jdbc;

/**
 * Numbers the rows of one table upwards and gives no number twice, whatever was removed since. For
 * one session's thread.
 */
public interface Numbers {

  /** At the start of a transaction, and when one is taken back: what is remembered is not so. */
  void forget();

  long next();

  /** Before rows of the table are removed. */
  void keep();

  /** Makes the numbers of a table that has them in a column {@code seq}. */
  @FunctionalInterface
  interface Factory {
    Numbers of(Session session, String table);
  }
}
