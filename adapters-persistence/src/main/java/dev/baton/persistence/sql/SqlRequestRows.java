package dev.baton.persistence.sql;

import dev.baton.core.port.RequestRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;

/** What is remembered of requests. */
final class SqlRequestRows implements RequestRows {
  private static final String FIND =
      "SELECT fingerprint, since, status, body FROM request"
          + " WHERE key = ? AND operation = ? AND tenant = ?";
  private static final String PUT =
      "INSERT OR REPLACE INTO request (key, operation, tenant, fingerprint, since, status, body)"
          + " VALUES (?,?,?,?,?,?,?)";
  private static final String REMOVE =
      "DELETE FROM request WHERE key = ? AND operation = ? AND tenant = ?";
  private static final String PRUNE =
      "DELETE FROM request WHERE (key, operation, tenant) IN"
          + " (SELECT key, operation, tenant FROM request WHERE since < ? LIMIT ?)";
  private static final String PUT_ORIGIN = "INSERT INTO task_origin (seq, request) VALUES (?,?)";
  private static final String ORIGIN = "SELECT request FROM task_origin WHERE seq = ?";

  private final Session session;
  private final Runnable onWrite;

  SqlRequestRows(Session session, Runnable onWrite) {
    this.session = session;
    this.onWrite = onWrite;
  }

  @Override
  public Optional<Kept> find(Name name) {
    return Statements.query(
            session,
            FIND,
            statement -> {
              statement.setString(1, name.key());
              statement.setString(2, name.operation());
              statement.setString(3, name.tenant().value());
            },
            SqlRequestRows::kept)
        .stream()
        .findFirst();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    String body = row.getString(4);
    return new Kept(
        row.getString(1),
        Instant.ofEpochMilli(row.getLong(2)),
        body == null ? Optional.empty() : Optional.of(new Answer(row.getInt(3), body)));
  }

  @Override
  public void put(Name name, Kept kept) {
    onWrite.run();
    Statements.update(
        session,
        PUT,
        statement -> {
          statement.setString(1, name.key());
          statement.setString(2, name.operation());
          statement.setString(3, name.tenant().value());
          statement.setString(4, kept.fingerprint());
          statement.setLong(5, kept.since().toEpochMilli());
          if (kept.answer().isPresent()) {
            statement.setInt(6, kept.answer().get().status());
            statement.setString(7, kept.answer().get().body());
          } else {
            statement.setNull(6, Types.INTEGER);
            statement.setNull(7, Types.VARCHAR);
          }
        });
  }

  @Override
  public void remove(Name name) {
    onWrite.run();
    Statements.update(
        session,
        REMOVE,
        statement -> {
          statement.setString(1, name.key());
          statement.setString(2, name.operation());
          statement.setString(3, name.tenant().value());
        });
  }

  @Override
  public int prune(Instant cutoff, int max) {
    onWrite.run();
    return Statements.update(
        session,
        PRUNE,
        statement -> {
          statement.setLong(1, cutoff.toEpochMilli());
          statement.setInt(2, max);
        });
  }

  @Override
  public void putOrigin(long seq, String requestId) {
    onWrite.run();
    Statements.update(
        session,
        PUT_ORIGIN,
        statement -> {
          statement.setLong(1, seq);
          statement.setString(2, requestId);
        });
  }

  @Override
  public Optional<String> origin(long seq) {
    return Statements.query(
            session, ORIGIN, statement -> statement.setLong(1, seq), row -> row.getString(1))
        .stream()
        .findFirst();
  }
}
