package dev.baton.persistence.sql;

import com.google.common.collect.Maps;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.GateId;
import dev.baton.core.domain.task.QueueName;
import dev.baton.core.domain.task.Standing;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.TaskRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tasks, in prepared statements; what operators ask for is in {@link TaskQueries}. */
final class SqlTaskRows implements TaskRows {
  private static final String SELECT = "SELECT " + TaskMapper.COLUMNS + " FROM task ";
  private static final String HIGHEST = "SELECT max(seq) FROM task";
  private static final String INSERT_TEXT =
      "INSERT INTO task_text (seq, prompt, meta) VALUES (?,?,?)";
  private static final String FIND = SELECT + "WHERE id = ? AND tenant = ?";
  private static final String FIND_SEQ = SELECT + "WHERE seq = ?";
  private static final String NEXT_READY =
      "SELECT "
          + TaskMapper.COLUMNS
          + ", (SELECT prompt FROM task_text t WHERE t.seq = task.seq)"
          + ", (SELECT meta FROM task_text t WHERE t.seq = task.seq)"
          + " FROM task WHERE state = 1 AND tenant = ? AND queue = ? ORDER BY rank, seq LIMIT ?";
  private static final String UPDATE =
      "UPDATE task SET state = ?, attempts = ?, token = ?, holder = ?, leased_at = ?,"
          + " lease_until = ?, start_at = ?, in_gate = ?, changed_at = ? WHERE seq = ?";
  // What ends a task leaves its last lease as it was: six columns less to bind.
  private static final String END =
      "UPDATE task SET state = ?, start_at = 0, in_gate = 0, changed_at = ? WHERE seq = ?";
  private static final String AMEND =
      "UPDATE task SET rank = ?, plain = ?, priority = ?, deadline = ?, max_attempts = ?,"
          + " backoff_base = ?, backoff_max = ?, gate = ?, dedupe_key = ?, dedupe_soft = ?"
          + " WHERE seq = ?";
  private static final String AMEND_TEXT =
      "UPDATE task_text SET prompt = ?, meta = ? WHERE seq = ?";
  private static final String PROMPT = "SELECT prompt, meta FROM task_text WHERE seq = ?";
  private static final String EXPIRED =
      SELECT + "WHERE state = 2 AND lease_until <= ? ORDER BY lease_until LIMIT ?";
  private static final String STARTABLE =
      SELECT + "WHERE state = 0 AND start_at > 0 AND start_at <= ? ORDER BY start_at LIMIT ?";
  private static final String OVERDUE =
      SELECT
          + "WHERE deadline IS NOT NULL AND state < 3 AND deadline <= ?"
          + " ORDER BY deadline LIMIT ?";
  private static final String HELD_BEHIND =
      SELECT
          + "WHERE state = 0 AND start_at = 0 AND tenant = ? AND gate = ?"
          + " ORDER BY rank, seq LIMIT ?";
  private static final String NEXT_DUE =
      """
      SELECT min(due) FROM (
        SELECT min(lease_until) AS due FROM task WHERE state = 2
        UNION ALL SELECT min(start_at) FROM task WHERE state = 0 AND start_at > 0
        UNION ALL SELECT min(deadline) FROM task WHERE deadline IS NOT NULL AND state < 3)
      """;
  private static final int META_COLUMN = 26;

  private final Session session;
  private final Runnable onWrite;
  private final TaskQueries queries;
  private final @Nullable HeldRows held;

  /** The highest number in this transaction; 0 while not looked up. */
  private long highest;

  private boolean highestKnown;

  /**
   * @param onWrite is called before each change
   * @param held for the writer of the file; none for whoever reads, or writes beside it
   */
  SqlTaskRows(Session session, Runnable onWrite, @Nullable HeldRows held) {
    this.held = held;
    this.session = session;
    this.onWrite = onWrite;
    this.queries = new TaskQueries(session);
  }

  /** Forgets what only held for the last transaction. */
  void begin() {
    highestKnown = false;
    if (held != null) {
      try {
        held.begin();
      } catch (SQLException e) {
        throw new SqlFailure(e);
      }
    }
  }

  /** Forgets what was written in a transaction, or a part of one, that is taken back. */
  void rolledBack() {
    highestKnown = false;
    forgetHeld();
  }

  private void forgetHeld() {
    if (held != null) {
      held.clear();
    }
  }

  @Override
  public List<TaskRow> insert(List<Submission> submissions) {
    onWrite.run();
    try {
      PreparedStatement insertText = session.prepared(INSERT_TEXT);
      List<TaskRow> rows = new ArrayList<>(submissions.size());
      for (Submission submission : submissions) {
        TaskRow row = submission.row();
        long seq = nextSeq();
        TaskMapper.insert(session, seq, row);
        Prompt prompt = submission.prompt();
        insertText.setLong(1, seq);
        insertText.setString(2, prompt.text());
        Columns.set(insertText, 3, meta(prompt));
        insertText.executeUpdate();
        rows.add(new TaskRow(seq, row.tenant(), row.id(), row.terms(), row.standing()));
      }
      return rows;
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private long nextSeq() throws SQLException {
    if (!highestKnown) {
      try (ResultSet found = session.prepared(HIGHEST).executeQuery()) {
        highest = found.next() ? found.getLong(1) : 0;
        highestKnown = true;
      }
    }
    return ++highest;
  }

  @Override
  public Map<TaskId, TaskRow> find(TenantId tenant, List<TaskId> ids) {
    try {
      PreparedStatement find = session.prepared(FIND);
      Map<TaskId, TaskRow> rows = Maps.newHashMapWithExpectedSize(ids.size());
      for (TaskId id : ids) {
        TaskRow known = held == null ? null : held.find(tenant, id);
        if (known != null) {
          rows.put(id, known);
          continue;
        }
        find.setString(1, id.value());
        find.setString(2, tenant.value());
        try (ResultSet found = find.executeQuery()) {
          if (found.next()) {
            rows.put(id, TaskMapper.read(found, tenant));
          }
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public Optional<TaskRow> find(long seq) {
    return select(FIND_SEQ, statement -> statement.setLong(1, seq)).stream().findFirst();
  }

  @Override
  public List<Submission> nextReady(TenantId tenant, List<QueueName> queues, int max) {
    List<Submission> ready = new ArrayList<>();
    for (QueueName queue : queues) {
      addReady(ready, tenant, queue, max);
    }
    if (queues.size() > 1) {
      ready.sort(
          Comparator.comparingLong((Submission s) -> s.row().terms().rank())
              .thenComparingLong(s -> s.row().seq()));
    }
    return withinBounds(ready, max);
  }

  /** Each queue was read up to the same bounds, so none holds back what belongs before the cut. */
  private static List<Submission> withinBounds(List<Submission> ready, int max) {
    int count = 0;
    for (long length = 0; count < Math.min(max, ready.size()) && length < READY_TEXT_MAX; count++) {
      length += ready.get(count).length();
    }
    return count < ready.size() ? new ArrayList<>(ready.subList(0, count)) : ready;
  }

  private void addReady(List<Submission> ready, TenantId tenant, QueueName queue, int max) {
    try {
      PreparedStatement statement = session.prepared(NEXT_READY);
      statement.setString(1, tenant.value());
      statement.setString(2, queue.value());
      statement.setInt(3, max);
      try (ResultSet found = statement.executeQuery()) {
        for (long length = 0; length < READY_TEXT_MAX && found.next(); ) {
          Submission next =
              new Submission(
                  TaskMapper.read(found, tenant, queue),
                  prompt(found.getString(META_COLUMN - 1), found.getString(META_COLUMN)));
          length += next.length();
          ready.add(next);
        }
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public void update(List<TaskRow> rows) {
    onWrite.run();
    try {
      for (TaskRow row : rows) {
        Standing standing = row.standing();
        if (held != null) {
          held.wrote(row);
        }
        if (standing.state().isTerminal()) {
          PreparedStatement end = session.prepared(END);
          end.setInt(1, Codes.of(standing.state()));
          end.setLong(2, standing.changedAt());
          end.setLong(3, row.seq());
          end.executeUpdate();
        } else {
          PreparedStatement update = session.prepared(UPDATE);
          update.setInt(1, Codes.of(standing.state()));
          update.setInt(2, standing.attempts());
          update.setLong(3, standing.token());
          Columns.set(update, 4, TaskMapper.value(standing.holder()));
          update.setLong(5, standing.leasedAt());
          update.setLong(6, standing.leaseUntil());
          update.setLong(7, standing.startAt());
          update.setInt(8, standing.inGate() ? 1 : 0);
          update.setLong(9, standing.changedAt());
          update.setLong(10, row.seq());
          update.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public void amend(TaskRow row, Prompt prompt) {
    onWrite.run();
    forgetHeld();
    try {
      PreparedStatement amend = session.prepared(AMEND);
      amend.setLong(1, row.terms().rank());
      TaskMapper.bindTerms(amend, 2, row.terms());
      amend.setLong(11, row.seq());
      amend.executeUpdate();
      PreparedStatement text = session.prepared(AMEND_TEXT);
      text.setString(1, prompt.text());
      Columns.set(text, 2, meta(prompt));
      text.setLong(3, row.seq());
      text.executeUpdate();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public Prompt prompt(long seq) {
    try {
      PreparedStatement statement = session.prepared(PROMPT);
      statement.setLong(1, seq);
      try (ResultSet found = statement.executeQuery()) {
        if (!found.next()) {
          throw new IllegalStateException("task " + seq + " has no text");
        }
        return prompt(found.getString(1), found.getString(2));
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public List<TaskRow> expired(Instant now, int max) {
    return due(EXPIRED, now, max);
  }

  @Override
  public List<TaskRow> startable(Instant now, int max) {
    return due(STARTABLE, now, max);
  }

  @Override
  public List<TaskRow> overdue(Instant now, int max) {
    return due(OVERDUE, now, max);
  }

  private List<TaskRow> due(String sql, Instant now, int max) {
    return select(
        sql,
        statement -> {
          statement.setLong(1, now.toEpochMilli());
          statement.setInt(2, max);
        });
  }

  @Override
  public List<TaskRow> heldBehind(TenantId tenant, GateId gate, int max) {
    return select(
        HELD_BEHIND,
        statement -> {
          statement.setString(1, tenant.value());
          statement.setString(2, gate.value());
          statement.setInt(3, max);
        });
  }

  @Override
  public Optional<Instant> nextDue() {
    try (ResultSet found = session.prepared(NEXT_DUE).executeQuery()) {
      return found.next() ? Columns.instant(found, 1) : Optional.empty();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public List<TaskRow> list(TenantId tenant, Filter filter, long before, int max) {
    return queries.list(tenant, filter, before, max);
  }

  @Override
  public List<Depth> depths(TenantId tenant) {
    return queries.depths(tenant);
  }

  @Override
  public int ahead(TaskRow row, int max) {
    return queries.ahead(row, max);
  }

  @Override
  public Pruned prune(Instant cutoff, long afterSeq, int max) {
    onWrite.run();
    forgetHeld();
    return queries.prune(cutoff, afterSeq, max);
  }

  private List<TaskRow> select(String sql, Binder binder) {
    try {
      PreparedStatement statement = session.prepared(sql);
      binder.bind(statement);
      try (ResultSet found = statement.executeQuery()) {
        List<TaskRow> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(TaskMapper.read(found));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @FunctionalInterface
  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private static Prompt prompt(String text, @Nullable String meta) {
    return new Prompt(text, meta == null ? Metadata.EMPTY : new Metadata(meta));
  }

  private static @Nullable String meta(Prompt prompt) {
    return prompt.metadata().isEmpty() ? null : prompt.metadata().json();
  }
}
