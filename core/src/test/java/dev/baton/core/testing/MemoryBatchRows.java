package dev.baton.core.testing;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

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
import dev.baton.core.testing.MemoryTables.Named;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Batches, found by looking at each of them. */
final class MemoryBatchRows implements BatchRows {
  private static final Comparator<Batch> NEWEST_FIRST =
      Comparator.comparingLong(Batch::seq).reversed();

  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;
  private final MemoryTaskRows tasks;

  MemoryBatchRows(
      MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard, MemoryTaskRows tasks) {
    this.tasks = tasks;
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  private static Named<BatchId> name(Batch batch) {
    return new Named<>(batch.tenant(), batch.id());
  }

  @Override
  public Batch insert(Batch batch, Optional<IdempotencyKey> key) {
    guard.toWrite();
    checkState(!tables.batches.containsKey(name(batch)), "the id is taken: %s", batch.id());
    long seq = ++tables.lastBatch;
    undo.onRollback(() -> tables.lastBatch = seq - 1);
    Batch numbered = new Batch(seq, batch.tenant(), batch.id(), batch.about(), batch.run());
    undo.put(tables.batches, name(batch), numbered);
    undo.put(tables.batchTallies, name(batch), Tally.NONE);
    key.ifPresent(k -> undo.put(tables.batchKeys, name(batch), k));
    return numbered;
  }

  @Override
  public Optional<Batch> find(TenantId tenant, BatchId id) {
    guard.toRead();
    return Optional.ofNullable(tables.batches.get(new Named<>(tenant, id)));
  }

  @Override
  public Optional<Keyed> findByKey(TenantId tenant, IdempotencyKey key) {
    return all()
        .filter(batch -> batch.tenant().equals(tenant))
        .sorted(NEWEST_FIRST)
        .flatMap(batch -> Stream.ofNullable(keyed(batch, key)))
        .findFirst();
  }

  private @Nullable Keyed keyed(Batch batch, IdempotencyKey key) {
    IdempotencyKey used = tables.batchKeys.get(name(batch));
    return used != null && used.scope().equals(key.scope()) && used.value().equals(key.value())
        ? new Keyed(batch, used.fingerprint())
        : null;
  }

  @Override
  public void update(Batch batch) {
    guard.toWrite();
    checkState(tables.batches.containsKey(name(batch)), "there is no batch %s", batch.id());
    undo.put(tables.batches, name(batch), batch);
  }

  @Override
  public void remove(Batch batch) {
    guard.toWrite();
    undo.remove(tables.batches, name(batch));
    undo.remove(tables.batchKeys, name(batch));
    undo.remove(tables.batchTallies, name(batch));
  }

  @Override
  public void count(TenantId tenant, BatchId id, TaskState.Kind state, long count) {
    guard.toWrite();
    undo.put(tables.batchTallies, new Named<>(tenant, id), tally(tenant, id).plus(state, count));
  }

  @Override
  public Tally tally(TenantId tenant, BatchId id) {
    guard.toRead();
    return requireNonNull(tables.batchTallies.get(new Named<>(tenant, id)), "the batch exists");
  }

  @Override
  public List<Batch> list(
      TenantId tenant, Set<BatchState> states, ListOrder order, long skip, int max) {
    Comparator<Batch> sorting = ListOrders.of(order, batch -> batch.about().name(), Batch::seq);
    return in(tenant, states).sorted(sorting).skip(skip).limit(max).toList();
  }

  @Override
  public long count(TenantId tenant, Set<BatchState> states) {
    return in(tenant, states).count();
  }

  @Override
  public Map<BatchState, Long> countByState() {
    return all().collect(groupingBy(Batch::state, counting()));
  }

  private Stream<Batch> in(TenantId tenant, Set<BatchState> states) {
    return all().filter(batch -> batch.tenant().equals(tenant) && states.contains(batch.state()));
  }

  @Override
  public List<Batch> busy(int max) {
    return all()
        .filter(batch -> !batch.run().walk().isNone())
        .sorted(Comparator.comparing(batch -> batch.run().changedAt()))
        .limit(max)
        .toList();
  }

  @Override
  public List<Batch> finishedBefore(Instant cutoff, int max) {
    return all()
        .filter(batch -> batch.run().finishedAt().filter(cutoff::isAfter).isPresent())
        .sorted(Comparator.comparing(batch -> batch.run().finishedAt().orElseThrow()))
        .limit(max)
        .toList();
  }

  @Override
  public List<TaskRow> tasks(TenantId tenant, BatchId id, long after, int max) {
    return of(tenant, id).filter(row -> row.seq() > after).limit(max).toList();
  }

  @Override
  public List<TaskRow> tasks(
      TenantId tenant, BatchId id, Set<TaskState.Kind> states, long skip, int max) {
    return of(tenant, id)
        .filter(row -> states.contains(row.state()))
        .skip(skip)
        .limit(max)
        .toList();
  }

  @Override
  public List<TaskRow> ready(TenantId tenant, BatchId id, int max) {
    return of(tenant, id)
        .filter(row -> row.state() == TaskState.Kind.READY)
        .sorted(Comparator.comparingLong(row -> row.terms().rank()))
        .limit(max)
        .toList();
  }

  @Override
  public void removeTasks(TenantId tenant, BatchId id, long last) {
    guard.toWrite();
    of(tenant, id).filter(row -> row.seq() <= last).toList().forEach(tasks::remove);
  }

  private Stream<TaskRow> of(TenantId tenant, BatchId id) {
    guard.toRead();
    return tables.tasks.values().stream()
        .filter(
            row ->
                row.tenant().equals(tenant) && row.terms().batch().filter(id::equals).isPresent());
  }

  private Stream<Batch> all() {
    guard.toRead();
    return tables.batches.values().stream();
  }
}
