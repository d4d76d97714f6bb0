package dev.baton.persistence.sql;

import dev.baton.core.port.KeyRows;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import java.time.Instant;
import java.util.Optional;

/** Keys of tasks. */
final class SqlKeyRows implements KeyRows {
  private static final String KEY =
      "SELECT seq, fingerprint, since FROM task_key WHERE value = ? AND scope = ? AND tenant = ?";
  private static final String PUT_KEY =
      "INSERT INTO task_key (value, scope, tenant, seq, fingerprint, since) VALUES (?,?,?,?,?,?)"
          + " ON CONFLICT (value, scope, tenant) DO UPDATE SET"
          + " seq = excluded.seq, fingerprint = excluded.fingerprint, since = excluded.since";
  private static final String PRUNE_KEYS =
      "DELETE FROM task_key WHERE (value, scope, tenant) IN"
          + " (SELECT value, scope, tenant FROM task_key WHERE since < ? ORDER BY since LIMIT ?)";

  private final Session session;
  private final Runnable onWrite;

  SqlKeyRows(Session session, Runnable onWrite) {
    this.session = session;
    this.onWrite = onWrite;
  }

  @Override
  public Optional<Use> find(Key key) {
    return Statements.query(
            session,
            KEY,
            statement -> {
              statement.setString(1, key.value());
              statement.setString(2, key.scope());
              statement.setString(3, key.tenant().value());
            },
            row -> new Use(row.getLong(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
        .stream()
        .findFirst();
  }

  @Override
  public void put(Key key, Use use) {
    onWrite.run();
    Statements.update(
        session,
        PUT_KEY,
        statement -> {
          statement.setString(1, key.value());
          statement.setString(2, key.scope());
          statement.setString(3, key.tenant().value());
          statement.setLong(4, use.seq());
          statement.setString(5, use.fingerprint());
          statement.setLong(6, use.since().toEpochMilli());
        });
  }

  @Override
  public int prune(Instant cutoff, int max) {
    onWrite.run();
    return Statements.update(
        session,
        PRUNE_KEYS,
        statement -> {
          statement.setLong(1, cutoff.toEpochMilli());
          statement.setInt(2, max);
        });
  }
}
