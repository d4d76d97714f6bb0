package dev.baton.app.bench;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the driver and the disk can do at all: the rows of Baton's cycle (submit, lease, complete)
 * written by the fewest statements, in one thread, with no store around them.
 */
final class RawLimit {
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
  private static final int FORM = 1;
  private static final int SUBMITTED = 0;
  private static final int LEASED = 2;
  private static final int SUCCEEDED = 3;
  private static final String TENANT = TenantId.DEFAULT.value();
  private static final String QUEUE = QueueName.DEFAULT.value();

  private final int perCommit;
  private final String text;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement ready;
  private final PreparedStatement lease;
  private final PreparedStatement complete;
  private final PreparedStatement insert;
  private final PreparedStatement insertText;
  private final PreparedStatement result;
  private final PreparedStatement block;
  private final ByteArrayOutputStream events = new ByteArrayOutputStream();
  private int eventCount;
  private long seq;
  private long event;

  private RawLimit(Connection database, int perCommit, int textLength) throws SQLException {
    this.perCommit = perCommit;
    this.text = "x".repeat(textLength);
    begin = database.prepareStatement("BEGIN IMMEDIATE");
    commit = database.prepareStatement("COMMIT");
    ready = database.prepareStatement(READY);
    lease = database.prepareStatement(LEASE);
    complete = database.prepareStatement(COMPLETE);
    insert = database.prepareStatement(INSERT);
    insertText = database.prepareStatement(TEXT);
    result = database.prepareStatement(RESULT);
    block = database.prepareStatement(BLOCK);
  }

  /**
   * Full cycles per second, {@code perCommit} operations to each flush.
   *
   * @param file a database that a store made, that is empty, and that nobody has open
   */
  static double cyclesPerSecond(Path file, int perCommit, int textLength, Duration duration) {
    try (Connection database = BenchFiles.open(file, true)) {
      return new RawLimit(database, perCommit, textLength).measure(duration);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private double measure(Duration duration) throws SQLException, IOException {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    long cycles = 0;
    while (System.nanoTime() < end) {
      inTransaction(this::submit);
      List<String> ids = new ArrayList<>(perCommit);
      inTransaction(() -> lease(ids));
      inTransaction(() -> complete(ids));
      cycles += perCommit;
    }
    return cycles / ((System.nanoTime() - start) / 1e9);
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException, IOException;
  }

  private void inTransaction(Step step) throws SQLException, IOException {
    begin.execute();
    events.write(FORM);
    step.run();
    block.setLong(1, ++event);
    block.setInt(2, eventCount);
    block.setLong(3, System.currentTimeMillis());
    block.setBytes(4, events.toByteArray());
    block.executeUpdate();
    event += eventCount;
    eventCount = 0;
    events.reset();
    commit.execute();
  }

  private void submit() throws SQLException, IOException {
    for (int i = 0; i < perCommit; i++) {
      seq++;
      long now = System.currentTimeMillis();
      String id = new UUID(now << 16 | 0x7000L, seq << 32 | i).toString();
      insert.setLong(1, seq);
      insert.setString(2, id);
      insert.setString(3, TENANT);
      insert.setString(4, QUEUE);
      insert.setLong(5, now);
      insert.setLong(6, now);
      insert.setLong(7, now);
      insert.executeUpdate();
      insertText.setLong(1, seq);
      insertText.setString(2, text);
      insertText.executeUpdate();
      log(id, SUBMITTED);
    }
  }

  private void lease(List<String> ids) throws SQLException, IOException {
    ready.setString(1, TENANT);
    ready.setString(2, QUEUE);
    ready.setInt(3, perCommit);
    List<Long> seqs = new ArrayList<>(perCommit);
    try (ResultSet found = ready.executeQuery()) {
      while (found.next()) {
        seqs.add(found.getLong(1));
        ids.add(found.getString(2));
        if (found.getString(3).isEmpty()) {
          throw new IllegalStateException("a prompt was lost");
        }
      }
    }
    for (int i = 0; i < seqs.size(); i++) {
      long now = System.currentTimeMillis();
      lease.setString(1, "worker");
      lease.setLong(2, now);
      lease.setLong(3, now + 60_000);
      lease.setLong(4, now);
      lease.setLong(5, seqs.get(i));
      lease.executeUpdate();
      log(ids.get(i), LEASED);
    }
  }

  private void complete(List<String> ids) throws SQLException, IOException {
    for (String id : ids) {
      long now = System.currentTimeMillis();
      complete.setLong(1, now);
      complete.setString(2, id);
      complete.setString(3, TENANT);
      long completed;
      try (ResultSet updated = complete.executeQuery()) {
        completed = updated.next() ? updated.getLong(1) : 0;
      }
      result.setLong(1, completed);
      result.setLong(2, now);
      result.setString(3, text);
      result.executeUpdate();
      log(id, SUCCEEDED);
    }
  }

  /** As a store writes an event. */
  private void log(String id, int kind) throws IOException {
    DataOutputStream out = new DataOutputStream(events);
    out.writeByte(0);
    out.writeUTF(TENANT);
    out.writeUTF(id);
    out.writeByte(kind);
    out.writeInt(1);
    out.writeLong(System.currentTimeMillis());
    eventCount++;
  }
}
