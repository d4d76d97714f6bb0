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
import dev.baton.persistence.jdbc.Codes;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import dev.baton.persistence.jdbc.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A {@code task} row, in and out. Reading a column costs about as much as finding the row, so what
 * a plain task has by default is not read, nor the lease of a task that never had one.
 */
final class TaskMapper {
  static final String TERMS =
      "plain, priority, deadline, max_attempts, backoff_base, backoff_max, gate, dedupe_key,"
          + " dedupe_soft, model, batch";
  private static final int TERMS_COUNT = 11;

  static final String LEASE_STATE =
      "state, token, start_at, in_gate, changed_at, attempts, holder, leased_at, lease_until";

  static final String COLUMNS =
      "seq, id, tenant, queue, rank, submitted_at, " + TERMS + ", " + LEASE_STATE;
  static final int COLUMN_COUNT = 26;

  static final String SELECT = "SELECT " + COLUMNS + " FROM task ";

  private static final String INSERT = Statements.insert("task", COLUMNS);
  private static final String INSERT_PLAIN =
      "INSERT INTO task (seq, id, tenant, queue, rank, submitted_at, state, start_at, changed_at,"
          + " attempts, plain, priority, token, in_gate, leased_at, lease_until)"
          + " VALUES (?,?,?,?,?,?,?,?,?,?,1,0,0,0,0,0)";

  private TaskMapper() {}

  /** Adds a row. Most are plain and new, and then half of the columns need no binding. */
  static void insert(Session session, long seq, TaskRow row) {
    LeaseState state = row.leaseState();
    if (!isPlain(row.terms()) || state.token() != 0 || state.inGate()) {
      Statements.update(
          session,
          INSERT,
          to -> {
            bindName(to, seq, row);
            bind(to, row.terms());
            bind(to, state);
          });
    } else {
      Statements.update(
          session,
          INSERT_PLAIN,
          to -> {
            bindName(to, seq, row);
            to.number(Codes.of(state.state()))
                .number(state.startAt())
                .number(state.changedAt())
                .number(state.attempts());
          });
    }
  }

  private static void bindName(Values to, long seq, TaskRow row) throws SQLException {
    to.number(seq)
        .text(row.id().value())
        .text(row.tenant().value())
        .text(row.terms().queue().value())
        .number(row.terms().rank())
        .instant(row.terms().submittedAt());
  }

  /** Binds {@link #LEASE_STATE}. */
  static void bind(Values to, LeaseState state) throws SQLException {
    WorkerId holder = state.holder();
    to.number(Codes.of(state.state()))
        .number(state.token())
        .number(state.startAt())
        .flag(state.inGate())
        .number(state.changedAt())
        .number(state.attempts())
        .text(holder == null ? null : holder.value())
        .number(state.leasedAt())
        .number(state.leaseUntil());
  }

  /** Binds {@link #TERMS}. */
  static void bind(Values to, Terms terms) throws SQLException {
    to.flag(isPlain(terms)).number(terms.priority().steps()).instant(terms.deadline());
    RetryPolicy retry = terms.retry();
    if (retry.equals(RetryPolicy.DEFAULT)) {
      to.none(3);
    } else {
      to.number(retry.maxAttempts())
          .number(retry.backoffBase().toMillis())
          .number(retry.backoffMax().toMillis());
    }
    to.text(terms.gate().map(GateId::value));
    DedupeKey dedupe = terms.dedupeKey().orElse(null);
    if (dedupe == null) {
      to.none(2);
    } else {
      to.text(dedupe.value()).flag(dedupe.onlyWhileUnfinished());
    }
    to.text(line(terms.model())).text(terms.batch().map(BatchId::value));
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
    return read(new Row(row));
  }

  /** Reads {@link #COLUMNS}. */
  static TaskRow read(Row row) throws SQLException {
    long seq = row.number();
    TaskId id = new TaskId(row.text());
    TenantId tenant = new TenantId(row.text());
    return rest(row, seq, id, tenant, queue(row.text()));
  }

  /** Reads {@link #COLUMNS} of a task whose tenant is known. */
  static TaskRow read(Row row, TenantId tenant) throws SQLException {
    long seq = row.number();
    TaskId id = new TaskId(row.text());
    return rest(row.skip(1), seq, id, tenant, queue(row.text()));
  }

  /** Reads {@link #COLUMNS} of a task whose tenant and queue are known. */
  static TaskRow read(Row row, TenantId tenant, QueueName queue) throws SQLException {
    long seq = row.number();
    TaskId id = new TaskId(row.text());
    return rest(row.skip(2), seq, id, tenant, queue);
  }

  private static TaskRow rest(Row row, long seq, TaskId id, TenantId tenant, QueueName queue)
      throws SQLException {
    Terms terms = terms(row, queue);
    return new TaskRow(seq, tenant, id, terms, leaseState(row));
  }

  private static Terms terms(Row row, QueueName queue) throws SQLException {
    long rank = row.number();
    Instant submittedAt = row.instant();
    if (row.flag()) {
      row.skip(TERMS_COUNT - 1);
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
    Priority priority = Priority.ofSteps(row.integer());
    Optional<Instant> deadline = row.optionalInstant();
    RetryPolicy retry = retry(row);
    Optional<GateId> gate = row.optionalText().map(GateId::new);
    Optional<String> dedupeKey = row.optionalText();
    boolean soft = row.flag();
    return new Terms(
        queue,
        priority,
        rank,
        submittedAt,
        deadline,
        retry,
        gate,
        dedupeKey.map(key -> new DedupeKey(key, soft)),
        model(row.text()),
        row.optionalText().map(BatchId::new));
  }

  private static RetryPolicy retry(Row row) throws SQLException {
    OptionalInt maxAttempts = row.optionalInteger();
    long base = row.number();
    long max = row.number();
    return maxAttempts.isEmpty()
        ? RetryPolicy.DEFAULT
        : new RetryPolicy(maxAttempts.getAsInt(), Duration.ofMillis(base), Duration.ofMillis(max));
  }

  private static LeaseState leaseState(Row row) throws SQLException {
    TaskState.Kind state = Codes.state(row.integer());
    long token = row.number();
    long startAt = row.number();
    boolean inGate = row.flag();
    long changedAt = row.number();
    if (token == 0) {
      row.skip(4);
      return new LeaseState(state, 0, 0, null, 0, 0, startAt, inGate, changedAt);
    }
    int attempts = row.integer();
    String holder = row.textOrNull();
    WorkerId worker = holder == null ? null : new WorkerId(holder);
    return new LeaseState(
        state, attempts, token, worker, row.number(), row.number(), startAt, inGate, changedAt);
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
}
