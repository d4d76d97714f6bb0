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
import dev.baton.persistence.jdbc.Codes;
import dev.baton.persistence.jdbc.Numbers;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
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
  private static final String UPDATE = Statements.update("task", TaskMapper.LEASE_STATE, "seq");
  // What ends a task leaves its last lease as it was: six columns less to bind.
  private static final String END =
      "UPDATE task SET state = ?, start_at = 0, in_gate = 0, changed_at = ? WHERE seq = ?";
  private static final String AMEND = Statements.update("task", "rank, " + TaskMapper.TERMS, "seq");
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

  private final Session session;
  private final Sql sql;
  private final TaskQueries queries;
  private final @Nullable LeasedRows leased;
  private final @Nullable ModelQueues modelQueues;
  private final ReadyLines lines;

  private final Numbers numbers;
  private final String nextReady;
  private final String nextReadyWithin;

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
    this.nextReady = nextReady(session, "");
    this.nextReadyWithin = nextReady(session, PromptMapper.WITHIN);
  }

  private static String nextReady(Session session, String further) {
    return "SELECT "
        + TaskMapper.COLUMNS
        + ", "
        + PromptMapper.COLUMNS
        + " FROM task"
        + session.dialect().joinInOrder("task_text", "seq")
        + " WHERE state = 1 AND tenant = ? AND queue = ? AND model = ?"
        + further
        + " ORDER BY rank, seq LIMIT ?"
        + session.dialect().skipLocked("task");
  }

  /** Forgets what only held for the last transaction; whether others wrote since, or may have. */
  boolean begin() {
    numbers.forget();
    if (leased == null || modelQueues == null) {
      return true;
    }
    boolean changedByOthers = leased.begin();
    modelQueues.begin(changedByOthers);
    return changedByOthers;
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
    Map<TaskId, TaskRow> rows = Maps.newHashMapWithExpectedSize(ids.size());
    for (TaskId id : ids) {
      TaskRow known = leased == null ? null : leased.find(tenant, id);
      if (known != null) {
        rows.put(id, known);
      } else {
        stored(tenant, id).ifPresent(row -> rows.put(id, row));
      }
    }
    return rows;
  }

  private Optional<TaskRow> stored(TenantId tenant, TaskId id) {
    return Statements.first(
        session,
        FIND,
        to -> to.text(id.value()).text(tenant.value()),
        row -> TaskMapper.read(row, tenant));
  }

  @Override
  public Optional<TaskRow> find(long seq) {
    return Statements.first(session, FIND_SEQ, to -> to.number(seq), TaskMapper::read);
  }

  @Override
  public List<TenantId> readyTenants(String after, int max) {
    return lines.tenants(after, max);
  }

  @Override
  public List<Submission> nextReady(
      TenantId tenant, List<QueueName> queues, ModelFilter models, int max, int maxCharacters) {
    List<Submission> ready = new ArrayList<>();
    int looked = 0;
    for (QueueName queue : queues) {
      for (String line : lines.of(tenant, queue, models)) {
        addReady(ready, new Line(tenant, queue), line, max, maxCharacters);
        looked++;
      }
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

  private void addReady(
      List<Submission> ready, Line queue, String line, int max, int maxCharacters) {
    boolean any = maxCharacters == ANY_LENGTH;
    var reading =
        new Object() {
          long length;
        };
    Statements.visit(
        session,
        any ? nextReady : nextReadyWithin,
        to -> {
          to.text(queue.tenant().value()).text(queue.queue().value()).text(line);
          if (!any) {
            PromptMapper.bindWithin(to, maxCharacters);
          }
          to.number(max);
        },
        row -> {
          TaskRow task = TaskMapper.read(row, queue.tenant(), queue.queue());
          Submission next = new Submission(task, PromptMapper.read(row));
          ready.add(next);
          reading.length += next.length();
          return reading.length < READY_TEXT_MAX;
        });
  }

  @Override
  public void update(List<TaskRow> rows) {
    sql.changes();
    for (TaskRow row : rows) {
      LeaseState state = row.leaseState();
      if (leased != null) {
        leased.wrote(row);
      }
      if (state.state().isTerminal()) {
        Statements.update(
            session,
            END,
            to -> to.number(Codes.of(state.state())).number(state.changedAt()).number(row.seq()));
      } else {
        Statements.update(
            session,
            UPDATE,
            to -> {
              TaskMapper.bind(to, state);
              to.number(row.seq());
            });
      }
    }
  }

  @Override
  public void amend(TaskRow row, Prompt prompt) {
    sql.changes();
    forgetLeased();
    Statements.update(
        session,
        AMEND,
        to -> {
          to.number(row.terms().rank());
          TaskMapper.bind(to, row.terms());
          to.number(row.seq());
        });
    PromptMapper.update(session, row.seq(), prompt);
    noteLine(row);
  }

  @Override
  public Prompt prompt(long seq) {
    return PromptMapper.find(session, seq);
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

  private List<TaskRow> due(String due, Instant now, int max) {
    return Statements.query(session, due, to -> to.instant(now).number(max), TaskMapper::read);
  }

  @Override
  public List<TaskRow> heldBehind(TenantId tenant, GateId gate, int max) {
    return Statements.query(
        session,
        HELD_BEHIND,
        to -> to.text(tenant.value()).text(gate.value()).number(max),
        TaskMapper::read);
  }

  @Override
  public Optional<Instant> nextDue() {
    return Statements.first(session, NEXT_DUE, to -> {}, Row::optionalInstant).flatMap(due -> due);
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
}
