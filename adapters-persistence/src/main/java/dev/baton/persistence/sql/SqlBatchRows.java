package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.BatchRows;
import dev.baton.core.port.ListOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Batches and the counts of their tasks. Changed counts are written by {@link #flush}. */
final class SqlBatchRows implements BatchRows {
  private static final String SELECT = "SELECT " + BatchMapper.COLUMNS + " FROM batch ";
  private static final String FIND = SELECT + "WHERE id = ? AND tenant = ?";
  private static final String FIND_BY_KEY =
      "SELECT "
          + BatchMapper.COLUMNS
          + ", key_fingerprint FROM batch WHERE key_value = ? AND key_scope = ? AND tenant = ?"
          + " ORDER BY seq DESC LIMIT 1";
  private static final String UPDATE =
      "UPDATE batch SET name = ?, description = ?, priority = ?, deadline = ?, concurrency = ?,"
          + " state = ?, runs = ?, started_at = ?, finished_at = ?, work = ?, work_after = ?,"
          + " changed_at = ? WHERE seq = ?";
  private static final String REMOVE = "DELETE FROM batch WHERE seq = ?";
  private static final String REMOVE_TALLY = "DELETE FROM batch_tally WHERE id = ? AND tenant = ?";
  private static final String TALLY =
      "SELECT held, ready, leased, succeeded, dead, cancelled FROM batch_tally"
          + " WHERE id = ? AND tenant = ?";
  private static final String PUT_TALLY =
      "INSERT INTO batch_tally (id, tenant, held, ready, leased, succeeded, dead, cancelled)"
          + " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (id, tenant) DO UPDATE SET"
          + " held = excluded.held, ready = excluded.ready, leased = excluded.leased,"
          + " succeeded = excluded.succeeded, dead = excluded.dead,"
          + " cancelled = excluded.cancelled";
  // A set of states is one number, a bit for each.
  private static final String LIST = SELECT + "WHERE tenant = ? AND ((1 << state) & ?) <> 0";
  private static final String COUNT =
      "SELECT count(*) FROM batch WHERE tenant = ? AND ((1 << state) & ?) <> 0";
  private static final String BY_STATE = "SELECT state, count(*) FROM batch GROUP BY state";
  private static final String BUSY = SELECT + "WHERE work > 0 ORDER BY changed_at LIMIT ?";
  private static final String FINISHED =
      SELECT + "WHERE finished_at IS NOT NULL AND finished_at < ? ORDER BY finished_at LIMIT ?";
  private static final String READY =
      "SELECT "
          + TaskMapper.COLUMNS
          + " FROM task WHERE state = 1 AND gate IS NOT NULL AND tenant = ? AND gate = ?"
          + " ORDER BY rank, seq LIMIT ?";
  private static final String TASKS =
      "SELECT "
          + TaskMapper.COLUMNS
          + " FROM task WHERE tenant = ? AND batch = ? AND seq > ? ORDER BY seq LIMIT ?";
  private static final String TASKS_IN =
      "SELECT "
          + TaskMapper.COLUMNS
          + " FROM task WHERE tenant = ? AND batch = ? AND ((1 << state) & ?) <> 0"
          + " ORDER BY seq LIMIT ? OFFSET ?";

  private final Session session;
  private final Runnable onWrite;
  private final Runnable onRemove;
  private final Numbers numbers;
  private Map<Name, Tally> changed = new HashMap<>();

  /**
   * @param onRemove is called before tasks are removed
   */
  SqlBatchRows(Session session, Runnable onWrite, Runnable onRemove) {
    this.session = session;
    this.onRemove = onRemove;
    this.numbers = new Numbers(session, "batch");
    this.onWrite = onWrite;
  }

  /** A batch's name is unique within its tenant. */
  record Name(TenantId tenant, BatchId id) {}

  void begin() {
    numbers.forget();
    changed.clear();
  }

  Map<Name, Tally> mark() {
    return Map.copyOf(changed);
  }

  /** Forgets what a work changed before it failed. */
  void resetTo(Map<Name, Tally> mark) {
    numbers.forget();
    changed = new HashMap<>(mark);
  }

  /** Writes the counts that changed; before the commit. */
  void flush() {
    changed.forEach(this::put);
    changed.clear();
  }

  private void put(Name name, Tally tally) {
    Statements.update(
        session,
        PUT_TALLY,
        statement -> {
          statement.setString(1, name.id().value());
          statement.setString(2, name.tenant().value());
          statement.setLong(3, tally.held());
          statement.setLong(4, tally.ready());
          statement.setLong(5, tally.leased());
          statement.setLong(6, tally.succeeded());
          statement.setLong(7, tally.dead());
          statement.setLong(8, tally.cancelled());
        });
  }

  @Override
  public Batch insert(Batch batch, Optional<IdempotencyKey> key) {
    onWrite.run();
    Batch numbered =
        new Batch(numbers.next(), batch.tenant(), batch.id(), batch.about(), batch.run());
    Statements.update(
        session, BatchMapper.INSERT, statement -> BatchMapper.bind(statement, numbered, key));
    changed.put(new Name(batch.tenant(), batch.id()), Tally.NONE);
    return numbered;
  }

  @Override
  public Optional<Batch> find(TenantId tenant, BatchId id) {
    return Statements.query(
            session,
            FIND,
            statement -> {
              statement.setString(1, id.value());
              statement.setString(2, tenant.value());
            },
            BatchMapper::read)
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Keyed> findByKey(TenantId tenant, IdempotencyKey key) {
    return Statements.query(
            session,
            FIND_BY_KEY,
            statement -> {
              statement.setString(1, key.value());
              statement.setString(2, key.scope());
              statement.setString(3, tenant.value());
            },
            row -> new Keyed(BatchMapper.read(row), row.getString(BatchMapper.COLUMN_COUNT + 1)))
        .stream()
        .findFirst();
  }

  @Override
  public void update(Batch batch) {
    onWrite.run();
    Statements.update(
        session,
        UPDATE,
        statement -> {
          statement.setString(1, batch.about().name());
          statement.setString(2, batch.about().description());
          statement.setInt(3, batch.about().config().priority().steps());
          Columns.set(
              statement,
              4,
              batch.about().config().deadline().map(Instant::toEpochMilli).orElse(null));
          statement.setInt(5, batch.about().config().maxConcurrency());
          BatchMapper.bindRun(statement, 6, batch.run());
          statement.setLong(13, batch.seq());
        });
  }

  @Override
  public void remove(Batch batch) {
    onWrite.run();
    changed.remove(new Name(batch.tenant(), batch.id()));
    numbers.keep();
    Statements.update(session, REMOVE, statement -> statement.setLong(1, batch.seq()));
    Statements.update(
        session,
        REMOVE_TALLY,
        statement -> {
          statement.setString(1, batch.id().value());
          statement.setString(2, batch.tenant().value());
        });
  }

  @Override
  public void count(TenantId tenant, BatchId id, TaskState.Kind state, long count) {
    onWrite.run();
    changed.put(new Name(tenant, id), tally(tenant, id).plus(state, count));
  }

  @Override
  public Tally tally(TenantId tenant, BatchId id) {
    Tally here = changed.get(new Name(tenant, id));
    if (here != null) {
      return here;
    }
    return Statements.query(
            session,
            TALLY,
            statement -> {
              statement.setString(1, id.value());
              statement.setString(2, tenant.value());
            },
            SqlBatchRows::tally)
        .stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no batch " + id + " is counted"));
  }

  private static Tally tally(ResultSet row) throws SQLException {
    return new Tally(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6));
  }

  @Override
  public List<Batch> list(
      TenantId tenant, Set<BatchState> states, ListOrder order, long skip, int max) {
    return Statements.query(
        session,
        LIST + ListOrders.sql(order),
        statement -> {
          statement.setString(1, tenant.value());
          statement.setInt(2, bits(states));
          statement.setInt(3, max);
          statement.setLong(4, skip);
        },
        BatchMapper::read);
  }

  @Override
  public long count(TenantId tenant, Set<BatchState> states) {
    return Statements.query(
            session,
            COUNT,
            statement -> {
              statement.setString(1, tenant.value());
              statement.setInt(2, bits(states));
            },
            row -> row.getLong(1))
        .get(0);
  }

  @Override
  public Map<BatchState, Long> countByState() {
    Map<BatchState, Long> counts = new EnumMap<>(BatchState.class);
    Statements.query(
            session,
            BY_STATE,
            statement -> {},
            row -> Map.entry(BatchCodes.state(row.getInt(1)), row.getLong(2)))
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  private static int bits(Set<BatchState> states) {
    return states.stream().mapToInt(state -> 1 << BatchCodes.of(state)).sum();
  }

  @Override
  public List<Batch> busy(int max) {
    return Statements.query(
        session, BUSY, statement -> statement.setInt(1, max), BatchMapper::read);
  }

  @Override
  public List<Batch> finishedBefore(Instant cutoff, int max) {
    return Statements.query(
        session,
        FINISHED,
        statement -> {
          statement.setLong(1, cutoff.toEpochMilli());
          statement.setInt(2, max);
        },
        BatchMapper::read);
  }

  @Override
  public List<TaskRow> tasks(TenantId tenant, BatchId id, long after, int max) {
    return Statements.query(
        session,
        TASKS,
        statement -> {
          statement.setString(1, tenant.value());
          statement.setString(2, id.value());
          statement.setLong(3, after);
          statement.setInt(4, max);
        },
        TaskMapper::read);
  }

  @Override
  public List<TaskRow> tasks(
      TenantId tenant, BatchId id, Set<TaskState.Kind> states, long skip, int max) {
    return Statements.query(
        session,
        TASKS_IN,
        statement -> {
          statement.setString(1, tenant.value());
          statement.setString(2, id.value());
          statement.setInt(3, states.stream().mapToInt(state -> 1 << Codes.of(state)).sum());
          statement.setInt(4, max);
          statement.setLong(5, skip);
        },
        TaskMapper::read);
  }

  @Override
  public List<TaskRow> ready(TenantId tenant, BatchId id, int max) {
    return Statements.query(
        session,
        READY,
        statement -> {
          statement.setString(1, tenant.value());
          statement.setString(2, id.gate().value());
          statement.setInt(3, max);
        },
        TaskMapper::read);
  }

  @Override
  public void removeTasks(TenantId tenant, BatchId id, long last) {
    onWrite.run();
    onRemove.run();
    TaskQueries.removeOfBatch(session, tenant, id, last);
  }
}
