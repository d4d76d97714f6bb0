package dev.baton.persistence.sqlite;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
import dev.baton.persistence.jdbc.Statements;
import dev.baton.persistence.sql.EventCodec;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * See {@link dev.baton.persistence.RawLimit}: the fewest statements that write the same rows. Not
 * part of the store.
 */
public final class RawCycles {
  private static final String READY =
      "SELECT seq, id, (SELECT prompt FROM task_text t WHERE t.seq = task.seq) FROM task"
          + " WHERE state = 1 AND tenant = ? AND queue = ? ORDER BY rank, seq LIMIT ?";
  private static final String LEASE =
      "UPDATE task SET state = 2, attempts = attempts + 1, token = token + 1, holder = ?,"
          + " leased_at = ?, lease_until = ?, changed_at = ? WHERE seq = ?";
  private static final String COMPLETE =
      "UPDATE task SET state = 3, changed_at = ?"
          + " WHERE id = ? AND tenant = ? AND state = 2 AND token = 1 RETURNING seq";
  private static final String INSERT =
      "INSERT INTO task (seq, id, tenant, queue, rank, submitted_at, plain, priority, state,"
          + " attempts, token, leased_at, lease_until, start_at, in_gate, changed_at)"
          + " VALUES (?,?,?,?,?,?,1,0,1,0,0,0,0,0,0,?)";
  private static final String TEXT = "INSERT INTO task_text (seq, prompt) VALUES (?,?)";
  private static final String RESULT = "INSERT INTO task_result (seq, at, content) VALUES (?,?,?)";
  private static final String BLOCK =
      "INSERT INTO event_block (first, count, at, data) VALUES (?,?,?,?)";

  private final Session session;
  private final TenantId tenant;
  private final QueueName queue;
  private final String text;
  private final List<DomainEvent> events = new ArrayList<>();
  private long seq;
  private long event;

  private RawCycles(Session session, TenantId tenant, QueueName queue, String text) {
    this.session = session;
    this.tenant = tenant;
    this.queue = queue;
    this.text = text;
  }

  /** Cycles per second. */
  public static double run(
      Path file,
      TenantId tenant,
      QueueName queue,
      int perCommit,
      int textLength,
      Duration duration) {
    NativeLibrary.keepPrivate();
    try (Session session = SqliteSessions.writer(file, true)) {
      RawCycles cycles = new RawCycles(session, tenant, queue, "x".repeat(textLength));
      cycles.seq = cycles.max("SELECT coalesce(max(seq), 0) FROM task");
      cycles.event = cycles.max("SELECT coalesce(max(first + count), 1) FROM event_block");
      return cycles.measure(perCommit, duration);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private long max(String sql) {
    return Statements.query(session, sql, statement -> {}, row -> row.getLong(1)).get(0);
  }

  private double measure(int perCommit, Duration duration) throws SQLException {
    Checkpointer checkpointer = new Checkpointer(session);
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    long cycles = 0;
    while (System.nanoTime() < end) {
      inTransaction(() -> submit(perCommit));
      List<String> ids = new ArrayList<>(perCommit);
      inTransaction(() -> lease(perCommit, ids));
      inTransaction(() -> complete(ids));
      cycles += perCommit;
      checkpointer.maybe(
          failure -> {
            throw new IllegalStateException(failure);
          });
    }
    return cycles / ((System.nanoTime() - start) / 1e9);
  }

  private interface Step {
    void run() throws SQLException;
  }

  private void inTransaction(Step step) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
    step.run();
    PreparedStatement block = session.prepared(BLOCK);
    block.setLong(1, event);
    block.setInt(2, events.size());
    block.setLong(3, System.currentTimeMillis());
    block.setBytes(4, EventCodec.encode(events));
    block.executeUpdate();
    event += events.size();
    events.clear();
    session.execute("COMMIT");
  }

  private void submit(int count) throws SQLException {
    PreparedStatement insert = session.prepared(INSERT);
    PreparedStatement insertText = session.prepared(TEXT);
    for (int i = 0; i < count; i++) {
      seq++;
      long now = System.currentTimeMillis();
      String id = new UUID(now << 16 | 0x7000L, seq << 32 | i).toString();
      insert.setLong(1, seq);
      insert.setString(2, id);
      insert.setString(3, tenant.value());
      insert.setString(4, queue.value());
      insert.setLong(5, now);
      insert.setLong(6, now);
      insert.setLong(7, now);
      insert.executeUpdate();
      insertText.setLong(1, seq);
      insertText.setString(2, text);
      insertText.executeUpdate();
      log(id, TaskEvent.Kind.SUBMITTED);
    }
  }

  private void lease(int count, List<String> ids) throws SQLException {
    PreparedStatement ready = session.prepared(READY);
    ready.setString(1, tenant.value());
    ready.setString(2, queue.value());
    ready.setInt(3, count);
    List<Long> seqs = new ArrayList<>(count);
    try (ResultSet found = ready.executeQuery()) {
      while (found.next()) {
        seqs.add(found.getLong(1));
        ids.add(found.getString(2));
        if (found.getString(3).isEmpty()) {
          throw new IllegalStateException("a prompt was lost");
        }
      }
    }
    PreparedStatement lease = session.prepared(LEASE);
    for (int i = 0; i < seqs.size(); i++) {
      long now = System.currentTimeMillis();
      lease.setString(1, "worker");
      lease.setLong(2, now);
      lease.setLong(3, now + 60_000);
      lease.setLong(4, now);
      lease.setLong(5, seqs.get(i));
      lease.executeUpdate();
      log(ids.get(i), TaskEvent.Kind.LEASED);
    }
  }

  private void complete(List<String> ids) throws SQLException {
    PreparedStatement complete = session.prepared(COMPLETE);
    PreparedStatement result = session.prepared(RESULT);
    for (String id : ids) {
      long now = System.currentTimeMillis();
      complete.setLong(1, now);
      complete.setString(2, id);
      complete.setString(3, tenant.value());
      long completed;
      try (ResultSet updated = complete.executeQuery()) {
        completed = updated.next() ? updated.getLong(1) : 0;
      }
      result.setLong(1, completed);
      result.setLong(2, now);
      result.setString(3, text);
      result.executeUpdate();
      log(id, TaskEvent.Kind.SUCCEEDED);
    }
  }

  private void log(String id, TaskEvent.Kind kind) {
    events.add(new TaskEvent(tenant, new TaskId(id), kind, 1, Instant.now()));
  }
}
