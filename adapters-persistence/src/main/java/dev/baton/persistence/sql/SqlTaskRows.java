package dev.baton.persistence.sql;

import com.google.common.collect.Maps;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Store.Line;
import dev.baton.core.port.TaskRows;
import dev.baton.persistence.jdbc.Columns;
import dev.baton.persistence.jdbc.Numbers;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.SqlFailure;
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
  private static final String FIND = TaskMapper.SELECT + "WHERE id = ? AND tenant = ?";
  private static final String FIND_SEQ = TaskMapper.SELECT + "WHERE seq = ?";
  private static final String UPDATE =
      "UPDATE task SET state = ?, attempts = ?, token = ?, holder = ?, leased_at = ?,"
          + " lease_until = ?, start_at = ?, in_gate = ?, changed_at = ? WHERE seq = ?";
  // What ends a task leaves its last lease as it was: six columns less to bind.
  private static final String END =
      "UPDATE task SET state = ?, start_at = 0, in_gate = 0, changed_at = ? WHERE seq = ?";
  private static final String AMEND =
      "UPDATE task SET rank = ?, plain = ?, priority = ?, deadline = ?, max_attempts = ?,"
          + " backoff_base = ?, backoff_max = ?, gate = ?, dedupe_key = ?, dedupe_soft = ?,"
          + " model = ?, batch = ? WHERE seq = ?";
  private static final String EXPIRED =
      TaskMapper.SELECT + "WHERE state = 2 AND lease_until <= ? ORDER BY lease_until LIMIT ?";
  private static final String STARTABLE =
      TaskMapper.SELECT
          + "WHERE state = 0 AND start_at > 0 AND start_at <= ? ORDER BY start_at LIMIT ?";
  private static final String OVERDUE =
      TaskMapper.SELECT
          + "WHERE deadline IS NOT NULL AND state < 3 AND deadline <= ?"
          + " ORDER BY deadline LIMIT ?";
  private static final String HELD_BEHIND =
      TaskMapper.SELECT
          + "WHERE state = 0 AND start_at = 0 AND tenant = ? AND gate = ?"
          + " ORDER BY rank, seq LIMIT ?";
  private static final String NEXT_DUE =
      """
      SELECT min(due) FROM (
        SELECT min(lease_until) AS due FROM task WHERE state = 2
        UNION ALL SELECT min(start_at) FROM task WHERE state = 0 AND start_at > 0
        UNION ALL SELECT min(deadline) FROM task WHERE deadline IS NOT NULL AND state < 3)
      """;
  private static final int PROMPT_COLUMN = 27;

  private final Session session;
  private final Sql sql;
  private final TaskQueries queries;
  private final @Nullable LeasedRows leased;
  private final @Nullable ModelQueues modelQueues;
  private final ReadyLines lines;

  private final Numbers numbers;
  private final String nextReady;

  /**
   * @param leased for the writer of the file; none for whoever reads, or writes beside it
   */
  SqlTaskRows(Session session, Sql sql, Numbers numbers, @Nullable LeasedRows leased) {
    this.session = session;
    this.sql = sql;
    this.leased = leased;
    this.numbers = numbers;
    this.modelQueues = leased == null ? null : new ModelQueues(session);
    this.lines = new ReadyLines(session, modelQueues);
    this.queries = new TaskQueries(sql, session.dialect(), lines);
    this.nextReady =
        "SELECT "
            + TaskMapper.COLUMNS
            + ", "
            + PromptMapper.COLUMNS
            + " FROM task"
            + session.dialect().joinInOrder("task_text", "seq")
            + " WHERE state = 1 AND tenant = ? AND queue = ? AND model = ?"
            + " ORDER BY rank, seq LIMIT ?"
            + session.dialect().skipLocked("task");
  }

  /** Forgets what only held for the last transaction; whether others wrote since, or may have. */
  boolean begin() {
    numbers.forget();
    if (leased == null || modelQueues == null) {
      return true;
    }
    try {
      boolean changedByOthers = leased.begin();
      modelQueues.begin(changedByOthers);
      return changedByOthers;
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Forgets what was written in a transaction, or a part of one, that is taken back. */
  void rolledBack() {
    numbers.forget();
    forgetLeased();
    if (modelQueues != null) {
      modelQueues.rolledBack();
    }
  }

  /**
   * Removes tasks with all that belongs to them.
   *
   * @param which a query of their numbers
   */
  void remove(String which, Map<String, ?> parameters) {
    removing();
    queries.remove(which, parameters);
  }

  void remove(TaskRow row) {
    removing();
    queries.remove(row.seq());
  }

  private void removing() {
    sql.changes();
    numbers.keep();
    forgetLeased();
  }

  private void forgetLeased() {
    if (leased != null) {
      leased.clear();
    }
  }

  @Override
  public List<TaskRow> insert(List<Submission> submissions) {
    sql.changes();
    try {
      List<TaskRow> rows = new ArrayList<>(submissions.size());
      for (Submission submission : submissions) {
        TaskRow row = submission.row();
        long seq = numbers.next();
        TaskMapper.insert(session, seq, row);
        PromptMapper.insert(session, seq, submission.prompt());
        noteLine(row);
        rows.add(new TaskRow(seq, row.tenant(), row.id(), row.terms(), row.leaseState()));
      }
      return rows;
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private void noteLine(TaskRow row) {
    if (row.terms().model().isEmpty()) {
      return;
    }
    Line line = new Line(row.tenant(), row.terms().queue());
    if (modelQueues != null) {
      modelQueues.add(line);
    } else {
      ModelQueues.insert(session, line);
    }
  }

  @Override
  public Map<TaskId, TaskRow> find(TenantId tenant, List<TaskId> ids) {
    try {
      PreparedStatement find = session.prepared(FIND);
      Map<TaskId, TaskRow> rows = Maps.newHashMapWithExpectedSize(ids.size());
      for (TaskId id : ids) {
        TaskRow known = leased == null ? null : leased.find(tenant, id);
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
  public List<TenantId> readyTenants(String after, int max) {
    return lines.tenants(after, max);
  }

  @Override
  public List<Submission> nextReady(
      TenantId tenant, List<QueueName> queues, ModelFilter models, int max) {
    List<Submission> ready = new ArrayList<>();
    int looked = 0;
    try {
      for (QueueName queue : queues) {
        for (String line : lines.of(tenant, queue, models)) {
          addReady(ready, new Line(tenant, queue), line, max);
          looked++;
        }
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
    if (looked > 1) {
      ready.sort(
          Comparator.comparingLong((Submission s) -> s.row().terms().rank())
              .thenComparingLong(s -> s.row().seq()));
    }
    return withinBounds(ready, max);
  }

  /** Each line was read up to the same bounds, so none holds back what belongs before the cut. */
  private static List<Submission> withinBounds(List<Submission> ready, int max) {
    int count = 0;
    for (long length = 0; count < Math.min(max, ready.size()) && length < READY_TEXT_MAX; count++) {
      length += ready.get(count).length();
    }
    return count < ready.size() ? new ArrayList<>(ready.subList(0, count)) : ready;
  }

  private void addReady(List<Submission> ready, Line queue, String line, int max)
      throws SQLException {
    PreparedStatement statement = session.prepared(nextReady);
    statement.setString(1, queue.tenant().value());
    statement.setString(2, queue.queue().value());
    statement.setString(3, line);
    statement.setInt(4, max);
    try (ResultSet found = statement.executeQuery()) {
      for (long length = 0; length < READY_TEXT_MAX && found.next(); ) {
        Submission next =
            new Submission(
                TaskMapper.read(found, queue.tenant(), queue.queue()),
                PromptMapper.read(found, PROMPT_COLUMN));
        length += next.length();
        ready.add(next);
      }
    }
  }

  @Override
  public void update(List<TaskRow> rows) {
    sql.changes();
    try {
      for (TaskRow row : rows) {
        LeaseState leaseState = row.leaseState();
        if (leased != null) {
          leased.wrote(row);
        }
        if (leaseState.state().isTerminal()) {
          PreparedStatement end = session.prepared(END);
          end.setInt(1, Codes.of(leaseState.state()));
          end.setLong(2, leaseState.changedAt());
          end.setLong(3, row.seq());
          end.executeUpdate();
        } else {
          PreparedStatement update = session.prepared(UPDATE);
          update.setInt(1, Codes.of(leaseState.state()));
          update.setInt(2, leaseState.attempts());
          update.setLong(3, leaseState.token());
          Columns.set(update, 4, TaskMapper.value(leaseState.holder()));
          update.setLong(5, leaseState.leasedAt());
          update.setLong(6, leaseState.leaseUntil());
          update.setLong(7, leaseState.startAt());
          update.setInt(8, leaseState.inGate() ? 1 : 0);
          update.setLong(9, leaseState.changedAt());
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
    sql.changes();
    forgetLeased();
    try {
      PreparedStatement amend = session.prepared(AMEND);
      amend.setLong(1, row.terms().rank());
      TaskMapper.bindTerms(amend, 2, row.terms());
      amend.setLong(13, row.seq());
      amend.executeUpdate();
      PromptMapper.update(session, row.seq(), prompt);
      noteLine(row);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public Prompt prompt(long seq) {
    try {
      return PromptMapper.find(session, seq);
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
    removing();
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
}
