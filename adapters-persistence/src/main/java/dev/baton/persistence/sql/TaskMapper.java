package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Terms;
import dev.baton.persistence.jdbc.Columns;
import dev.baton.persistence.jdbc.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A {@code task} row, in and out. Reading a column costs about as much as finding the row, so what
 * a plain task has by default is not read, nor the lease of a task that never had one.
 */
final class TaskMapper {
  static final String COLUMNS =
      "seq, id, tenant, queue, rank, submitted_at, plain, priority, deadline, max_attempts,"
          + " backoff_base, backoff_max, gate, dedupe_key, dedupe_soft, model, batch, state,"
          + " attempts, token, holder, leased_at, lease_until, start_at, in_gate, changed_at";

  static final String SELECT = "SELECT " + COLUMNS + " FROM task ";

  private static final String INSERT =
      "INSERT INTO task ("
          + COLUMNS
          + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

  private static final String INSERT_PLAIN =
      "INSERT INTO task (seq, id, tenant, queue, rank, submitted_at, plain, priority, state,"
          + " attempts, token, leased_at, lease_until, start_at, in_gate, changed_at)"
          + " VALUES (?,?,?,?,?,?,1,0,?,?,0,0,0,?,0,?)";

  private TaskMapper() {}

  /** Adds a row. Most are plain and new, and then half of the columns need no binding. */
  static void insert(Session session, long seq, TaskRow row) throws SQLException {
    LeaseState leaseState = row.leaseState();
    if (!isPlain(row.terms()) || leaseState.token() != 0 || leaseState.inGate()) {
      PreparedStatement insert = session.prepared(INSERT);
      bind(insert, seq, row);
      insert.executeUpdate();
      return;
    }
    PreparedStatement insert = session.prepared(INSERT_PLAIN);
    insert.setLong(1, seq);
    insert.setString(2, row.id().value());
    insert.setString(3, row.tenant().value());
    insert.setString(4, row.terms().queue().value());
    insert.setLong(5, row.terms().rank());
    insert.setLong(6, row.terms().submittedAt().toEpochMilli());
    insert.setInt(7, Codes.of(leaseState.state()));
    insert.setInt(8, leaseState.attempts());
    insert.setLong(9, leaseState.startAt());
    insert.setLong(10, leaseState.changedAt());
    insert.executeUpdate();
  }

  private static void bind(PreparedStatement insert, long seq, TaskRow row) throws SQLException {
    Terms terms = row.terms();
    LeaseState leaseState = row.leaseState();
    insert.setLong(1, seq);
    insert.setString(2, row.id().value());
    insert.setString(3, row.tenant().value());
    insert.setString(4, terms.queue().value());
    insert.setLong(5, terms.rank());
    insert.setLong(6, terms.submittedAt().toEpochMilli());
    bindTerms(insert, 7, terms);
    insert.setInt(18, Codes.of(leaseState.state()));
    insert.setInt(19, leaseState.attempts());
    insert.setLong(20, leaseState.token());
    Columns.set(insert, 21, value(leaseState.holder()));
    insert.setLong(22, leaseState.leasedAt());
    insert.setLong(23, leaseState.leaseUntil());
    insert.setLong(24, leaseState.startAt());
    insert.setInt(25, leaseState.inGate() ? 1 : 0);
    insert.setLong(26, leaseState.changedAt());
  }

  /** Binds {@code plain} to {@code batch}, eleven columns. */
  static void bindTerms(PreparedStatement statement, int from, Terms terms) throws SQLException {
    boolean plain = isPlain(terms);
    RetryPolicy retry = terms.retry();
    boolean defaultRetry = retry.equals(RetryPolicy.DEFAULT);
    statement.setInt(from, plain ? 1 : 0);
    statement.setInt(from + 1, terms.priority().steps());
    Columns.set(statement, from + 2, terms.deadline().map(Instant::toEpochMilli).orElse(null));
    Columns.set(statement, from + 3, defaultRetry ? null : Long.valueOf(retry.maxAttempts()));
    Columns.set(statement, from + 4, defaultRetry ? null : retry.backoffBase().toMillis());
    Columns.set(statement, from + 5, defaultRetry ? null : retry.backoffMax().toMillis());
    Columns.set(statement, from + 6, terms.gate().map(GateId::value).orElse(null));
    Columns.set(statement, from + 7, terms.dedupeKey().map(DedupeKey::value).orElse(null));
    Columns.set(
        statement,
        from + 8,
        terms.dedupeKey().map(key -> key.onlyWhileUnfinished() ? 1L : 0L).orElse(null));
    statement.setString(from + 9, line(terms.model()));
    Columns.set(statement, from + 10, terms.batch().map(BatchId::value).orElse(null));
  }

  private static boolean isPlain(Terms terms) {
    return terms.priority() == Priority.NORMAL
        && terms.deadline().isEmpty()
        && terms.gate().isEmpty()
        && terms.dedupeKey().isEmpty()
        && terms.model().isEmpty()
        && terms.batch().isEmpty()
        && terms.retry().equals(RetryPolicy.DEFAULT);
  }

  /** Reads a row of {@link #COLUMNS} for JDBI. */
  static TaskRow map(ResultSet row, StatementContext context) throws SQLException {
    return read(row);
  }

  /** Reads a row of {@link #COLUMNS}. */
  static TaskRow read(ResultSet row) throws SQLException {
    return read(row, new TenantId(row.getString(3)));
  }

  /** Reads a row of {@link #COLUMNS} whose tenant is known. */
  static TaskRow read(ResultSet row, TenantId tenant) throws SQLException {
    return new TaskRow(
        row.getLong(1),
        tenant,
        new TaskId(row.getString(2)),
        terms(row, queue(row.getString(4))),
        leaseState(row));
  }

  /** Reads a row of {@link #COLUMNS} whose tenant and queue are known. */
  static TaskRow read(ResultSet row, TenantId tenant, QueueName queue) throws SQLException {
    return new TaskRow(
        row.getLong(1), tenant, new TaskId(row.getString(2)), terms(row, queue), leaseState(row));
  }

  private static Terms terms(ResultSet row, QueueName queue) throws SQLException {
    long rank = row.getLong(5);
    Instant submittedAt = Instant.ofEpochMilli(row.getLong(6));
    if (row.getInt(7) == 1) {
      return new Terms(
          queue,
          Priority.NORMAL,
          rank,
          submittedAt,
          Optional.empty(),
          RetryPolicy.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    Optional<String> dedupeKey = Columns.text(row, 14);
    boolean soft = row.getInt(15) == 1;
    return new Terms(
        queue,
        Priority.ofSteps(row.getInt(8)),
        rank,
        submittedAt,
        Columns.instant(row, 9),
        retry(row),
        Columns.text(row, 13).map(GateId::new),
        dedupeKey.map(key -> new DedupeKey(key, soft)),
        model(row.getString(16)),
        Columns.text(row, 17).map(BatchId::new));
  }

  private static RetryPolicy retry(ResultSet row) throws SQLException {
    int maxAttempts = row.getInt(10);
    return row.wasNull()
        ? RetryPolicy.DEFAULT
        : new RetryPolicy(
            maxAttempts, Duration.ofMillis(row.getLong(11)), Duration.ofMillis(row.getLong(12)));
  }

  private static LeaseState leaseState(ResultSet row) throws SQLException {
    TaskState.Kind state = Codes.state(row.getInt(18));
    long token = row.getLong(20);
    long startAt = row.getLong(24);
    boolean inGate = row.getInt(25) == 1;
    long changedAt = row.getLong(26);
    if (token == 0) {
      return new LeaseState(state, 0, 0, null, 0, 0, startAt, inGate, changedAt);
    }
    String holder = row.getString(21);
    return new LeaseState(
        state,
        row.getInt(19),
        token,
        holder == null ? null : new WorkerId(holder),
        row.getLong(22),
        row.getLong(23),
        startAt,
        inGate,
        changedAt);
  }

  /** The name of a task's line within its queue: empty for tasks that name no model. */
  static String line(Optional<ModelName> model) {
    return model.map(ModelName::value).orElse("");
  }

  private static Optional<ModelName> model(String line) {
    return line.isEmpty() ? Optional.empty() : Optional.of(new ModelName(line));
  }

  private static QueueName queue(String name) {
    if (name.equals(QueueName.DEFAULT.value())) {
      return QueueName.DEFAULT;
    }
    return name.equals(QueueName.INTEGRATION.value()) ? QueueName.INTEGRATION : new QueueName(name);
  }

  static @Nullable String value(@Nullable WorkerId worker) {
    return worker == null ? null : worker.value();
  }
}
