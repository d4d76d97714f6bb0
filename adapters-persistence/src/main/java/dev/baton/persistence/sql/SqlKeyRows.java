package dev.baton.persistence.sql;

import dev.baton.core.port.KeyRows;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import java.time.Instant;
import java.util.Optional;

/** Keys of tasks. */
final class SqlKeyRows implements KeyRows {
  private static final String FIND =
      "SELECT seq, fingerprint, since FROM task_key WHERE value = ? AND scope = ? AND tenant = ?";
  private static final String PUT =
      Statements.put("task_key", "value, scope, tenant", "seq, fingerprint, since");

  private static final String PRUNE =
      """
        DELETE FROM task_key WHERE (value, scope, tenant) IN
          (SELECT value, scope, tenant FROM task_key WHERE since < ?
            ORDER BY since LIMIT ?)
        """;

  private final Session session;
  private final Sql sql;

  SqlKeyRows(Session session, Sql sql) {
    this.session = session;
    this.sql = sql;
  }

  @Override
  public Optional<Use> find(Key key) {
    return Statements.first(
        session,
        FIND,
        to -> to.text(key.value()).text(key.scope()).text(key.tenant().value()),
        row -> new Use(row.number(), row.text(), row.instant()));
  }

  @Override
  public void put(Key key, Use use) {
    sql.changes();
    Statements.update(
        session,
        PUT,
        to ->
            to.text(key.value())
                .text(key.scope())
                .text(key.tenant().value())
                .number(use.seq())
                .text(use.fingerprint())
                .instant(use.since()));
  }

  @Override
  public int prune(Instant cutoff, int max) {
    return sql.prune(PRUNE, cutoff, max);
  }
}
