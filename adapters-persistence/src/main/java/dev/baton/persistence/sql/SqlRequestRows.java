package dev.baton.persistence.sql;

import dev.baton.core.port.RequestRows;
import dev.baton.persistence.jdbc.Columns;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** What is remembered of requests. */
final class SqlRequestRows implements RequestRows {
  private static final String PUT =
      Sql.put("request", "key, operation, tenant", "fingerprint, since, status, body");
  private static final String OF_NAME =
      " WHERE key = :key AND operation = :operation AND tenant = :tenant";

  // Written with every task that a request brought.
  private static final String PUT_ORIGIN = Statements.insert("task_origin", "seq, request");

  private static final String PRUNE =
      "DELETE FROM request WHERE (key, operation, tenant) IN"
          + " (SELECT key, operation, tenant FROM request WHERE since < ? LIMIT ?)";

  private final Session session;
  private final Sql sql;

  SqlRequestRows(Session session, Sql sql) {
    this.session = session;
    this.sql = sql;
  }

  @Override
  public Optional<Kept> find(Name name) {
    return sql.query("SELECT * FROM request" + OF_NAME)
        .bindMethods(name)
        .map(SqlRequestRows::kept)
        .findOne();
  }

  private static Kept kept(ResultSet row, StatementContext context) throws SQLException {
    int status = row.getInt("status");
    return new Kept(
        row.getString("fingerprint"),
        Columns.instant(row, "since"),
        Columns.text(row, "body").map(body -> new Answer(status, body)));
  }

  @Override
  public void put(Name name, Kept kept) {
    sql.update(PUT)
        .bindMethods(name)
        .bindMethods(kept)
        .bind("status", kept.answer().map(Answer::status))
        .bind("body", kept.answer().map(Answer::body))
        .execute();
  }

  @Override
  public void remove(Name name) {
    sql.update("DELETE FROM request" + OF_NAME).bindMethods(name).execute();
  }

  @Override
  public int prune(Instant cutoff, int max) {
    return sql.prune(PRUNE, cutoff, max);
  }

  @Override
  public void putOrigin(long seq, String requestId) {
    sql.changes();
    Statements.update(session, PUT_ORIGIN, to -> to.number(seq).text(requestId));
  }

  @Override
  public Optional<String> origin(long seq) {
    return sql.query("SELECT request FROM task_origin WHERE seq = :seq")
        .bind("seq", seq)
        .mapTo(String.class)
        .findOne();
  }
}
