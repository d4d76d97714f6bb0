package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.BatchRows;
import dev.baton.persistence.jdbc.Codes;
import dev.baton.persistence.jdbc.ListOrders;
import dev.baton.persistence.jdbc.Numbers;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/** Batches and the counts of their tasks. Changed counts are written by {@link #flush}. */
final class SqlBatchRows implements BatchRows {
  private static final String INSERT =
      Sql.insert(
          "batch",
          "seq, tenant, id, name, description, created_at, key_scope, key_value, key_fingerprint, "
              + BatchMapper.CONFIG
              + ", "
              + BatchMapper.RUN);
  private static final String UPDATE =
      Sql.update(
          "batch",
          "name, description, priority, deadline, concurrency, " + BatchMapper.RUN,
          "seq = :seq");
  private static final String ANY_BUSY = "SELECT 1 FROM batch WHERE work > 0 LIMIT 1";
  private static final String OF_BATCH = "tenant = :tenant AND batch = :batch";

  // Counted with every move of a task of a batch, and so in prepared statements.
  private static final String TALLY =
      "SELECT held, ready, leased, succeeded, dead, cancelled FROM batch_tally"
          + " WHERE id = ? AND tenant = ?";
  private static final String PUT_TALLY =
      Statements.put(
          "batch_tally", "id, tenant", "held, ready, leased, succeeded, dead, cancelled");

  private final Session session;
  private final Sql sql;
  private final Numbers numbers;
  private final SqlTaskRows tasks;
  private Map<Name, Tally> changed = new HashMap<>();

  SqlBatchRows(Session session, Sql sql, Numbers numbers, SqlTaskRows tasks) {
    this.session = session;
    this.sql = sql;
    this.numbers = numbers;
    this.tasks = tasks;
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
        to ->
            to.text(name.id().value())
                .text(name.tenant().value())
                .number(tally.held())
                .number(tally.ready())
                .number(tally.leased())
                .number(tally.succeeded())
                .number(tally.dead())
                .number(tally.cancelled()));
  }

  @Override
  public Batch insert(Batch batch, Optional<IdempotencyKey> key) {
    Batch numbered =
        new Batch(numbers.next(), batch.tenant(), batch.id(), batch.about(), batch.run());
    BatchMapper.bind(sql.update(INSERT), numbered)
        .bind("keyScope", key.map(IdempotencyKey::scope))
        .bind("keyValue", key.map(IdempotencyKey::value))
        .bind("keyFingerprint", key.map(IdempotencyKey::fingerprint))
        .execute();
    changed.put(new Name(batch.tenant(), batch.id()), Tally.NONE);
    return numbered;
  }

  private Query batches(String which) {
    return sql.query("SELECT * FROM batch WHERE " + which);
  }

  @Override
  public Optional<Batch> find(TenantId tenant, BatchId id) {
    return batches("id = :id AND tenant = :tenant")
        .bind("id", id)
        .bind("tenant", tenant)
        .map(BatchMapper::read)
        .findOne();
  }

  @Override
  public Optional<Keyed> findByKey(TenantId tenant, IdempotencyKey key) {
    return batches(
            "key_value = :value AND key_scope = :scope AND tenant = :tenant"
                + " ORDER BY seq DESC LIMIT 1")
        .bindMethods(key)
        .bind("tenant", tenant)
        .map(
            (row, context) ->
                new Keyed(BatchMapper.read(row, context), row.getString("key_fingerprint")))
        .findOne();
  }

  @Override
  public void update(Batch batch) {
    BatchMapper.bind(sql.update(UPDATE), batch).execute();
  }

  @Override
  public void remove(Batch batch) {
    sql.changes();
    changed.remove(new Name(batch.tenant(), batch.id()));
    numbers.keep();
    sql.update("DELETE FROM batch WHERE seq = :seq").bind("seq", batch.seq()).execute();
    sql.update("DELETE FROM batch_tally WHERE id = :id AND tenant = :tenant")
        .bindMethods(batch)
        .execute();
  }

  @Override
  public void count(TenantId tenant, BatchId id, TaskState.Kind state, long count) {
    sql.changes();
    changed.put(new Name(tenant, id), tally(tenant, id).plus(state, count));
  }

  @Override
  public Tally tally(TenantId tenant, BatchId id) {
    Tally here = changed.get(new Name(tenant, id));
    if (here != null) {
      return here;
    }
    return Statements.first(
            session,
            TALLY,
            to -> to.text(id.value()).text(tenant.value()),
            row ->
                new Tally(
                    row.number(),
                    row.number(),
                    row.number(),
                    row.number(),
                    row.number(),
                    row.number()))
        .orElseThrow(() -> new IllegalStateException("no batch " + id + " is counted"));
  }

  @Override
  public List<Batch> list(
      TenantId tenant, Set<BatchState> states, ListOrder order, long skip, int max) {
    return batches(
            "tenant = :tenant AND ((1 << state) & :states) <> 0"
                + ListOrders.sql(order, session.dialect()))
        .bind("tenant", tenant)
        .bind("states", bits(states))
        .bind("max", max)
        .bind("skip", skip)
        .map(BatchMapper::read)
        .list();
  }

  @Override
  public long count(TenantId tenant, Set<BatchState> states) {
    return sql.query(
            "SELECT count(*) FROM batch WHERE tenant = :tenant AND ((1 << state) & :states) <> 0")
        .bind("tenant", tenant)
        .bind("states", bits(states))
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Map<BatchState, Long> countByState() {
    Map<BatchState, Long> counts = new EnumMap<>(BatchState.class);
    sql.query("SELECT state, count(*) AS n FROM batch GROUP BY state")
        .map((row, context) -> Map.entry(Codes.batchState(row.getInt("state")), row.getLong("n")))
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  /** A set of states is one number, a bit for each. */
  private static int bits(Set<BatchState> states) {
    return states.stream().mapToInt(state -> 1 << Codes.of(state)).sum();
  }

  @Override
  public List<Batch> busy(int max) {
    // Asked at each start and mostly in vain.
    if (Statements.first(session, ANY_BUSY, none -> {}, row -> true).isEmpty()) {
      return List.of();
    }
    return batches("work > 0 ORDER BY changed_at LIMIT :max")
        .bind("max", max)
        .map(BatchMapper::read)
        .list();
  }

  @Override
  public List<Batch> finishedBefore(Instant cutoff, int max) {
    return batches(
            "finished_at IS NOT NULL AND finished_at < :cutoff ORDER BY finished_at LIMIT :max")
        .bind("cutoff", cutoff)
        .bind("max", max)
        .map(BatchMapper::read)
        .list();
  }

  private Query tasksOf(TenantId tenant, BatchId id, String which) {
    return sql.query(TaskMapper.SELECT + "WHERE " + OF_BATCH + which)
        .bind("tenant", tenant)
        .bind("batch", id);
  }

  @Override
  public List<TaskRow> tasks(TenantId tenant, BatchId id, long after, int max) {
    return tasksOf(tenant, id, " AND seq > :after ORDER BY seq LIMIT :max")
        .bind("after", after)
        .bind("max", max)
        .map(TaskMapper::map)
        .list();
  }

  @Override
  public List<TaskRow> tasks(
      TenantId tenant, BatchId id, Set<TaskState.Kind> states, long skip, int max) {
    return tasksOf(
            tenant, id, " AND ((1 << state) & :states) <> 0 ORDER BY seq LIMIT :max OFFSET :skip")
        .bind("states", states.stream().mapToInt(state -> 1 << Codes.of(state)).sum())
        .bind("max", max)
        .bind("skip", skip)
        .map(TaskMapper::map)
        .list();
  }

  @Override
  public List<TaskRow> ready(TenantId tenant, BatchId id, int max) {
    return sql.query(
            TaskMapper.SELECT
                + "WHERE state = 1 AND gate IS NOT NULL AND tenant = :tenant AND gate = :gate"
                + " ORDER BY rank, seq LIMIT :max")
        .bind("tenant", tenant)
        .bind("gate", id.gate())
        .bind("max", max)
        .map(TaskMapper::map)
        .list();
  }

  @Override
  public void removeTasks(TenantId tenant, BatchId id, long last) {
    tasks.remove(
        "SELECT seq FROM task WHERE " + OF_BATCH + " AND seq <= :last",
        Map.of("tenant", tenant, "batch", id, "last", last));
  }
}
