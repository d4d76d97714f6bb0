package dev.baton.persistence.sqlite;

import dev.baton.persistence.jdbc.Dialect;

/** SQLite has one writer at a time, who has the whole file to himself: it locks no rows. */
enum SqliteDialect implements Dialect {
  INSTANCE;

  @Override
  public String forUpdate() {
    return "";
  }

  @Override
  public String skipLocked(String table) {
    return "";
  }

  @Override
  public String caseless(String column) {
    return column + " COLLATE NOCASE";
  }

  @Override
  public String contains(String column, String parameter) {
    return column + " LIKE " + parameter + " ESCAPE '!'";
  }

  @Override
  public String unindexed(String column) {
    return "+" + column;
  }

  @Override
  public String joinInOrder(String table, String using) {
    return " CROSS JOIN " + table + " USING (" + using + ")";
  }

  @Override
  public String commitsOfOthers() {
    return "PRAGMA data_version";
  }
}
