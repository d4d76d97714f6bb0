package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.CountRows;
import java.util.Comparator;
import java.util.List;

/** Counts of tasks by state, as sums of additions that lie about until they are folded. */
final class MemoryCountRows implements CountRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryCountRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public void add(TenantId tenant, TaskState.Kind state, long count) {
    guard.toWrite();
    undo.add(tables.countsAdded, new Added(tenant, state, count));
  }

  /** What was added, and is not yet in the sum. */
  record Added(TenantId tenant, TaskState.Kind state, long count) {}

  @Override
  public void addOpen(TenantId tenant, QueueName queue, TaskState.Kind state, long count) {
    guard.toWrite();
    var name = new MemoryTables.Named<>(tenant, queue.value());
    Tally sum = tables.openCounts.getOrDefault(name, Tally.NONE).plus(state, count);
    undo.put(tables.openCounts, name, sum);
  }

  @Override
  public List<Open> open(int max) {
    guard.toRead();
    return tables.openCounts.entrySet().stream()
        .filter(line -> line.getValue().total() > 0)
        .map(
            line ->
                new Open(
                    line.getKey().tenant(),
                    new QueueName(line.getKey().name()),
                    line.getValue().held(),
                    line.getValue().ready(),
                    line.getValue().leased()))
        .sorted(Comparator.comparingLong(line -> -line.held() - line.ready() - line.leased()))
        .limit(max)
        .toList();
  }

  @Override
  public Tally of(TenantId tenant) {
    guard.toRead();
    Tally sum = folded(tenant);
    for (Added added : tables.countsAdded) {
      sum = added.tenant().equals(tenant) ? sum.plus(added.state(), added.count()) : sum;
    }
    return sum;
  }

  private Tally folded(TenantId tenant) {
    return tables.counts.getOrDefault(tenant, Tally.NONE);
  }

  @Override
  public int fold(int max) {
    guard.toWrite();
    int count = Math.min(max, tables.countsAdded.size());
    for (int i = 0; i < count; i++) {
      Added oldest = tables.countsAdded.get(0);
      undo.removeFirst(tables.countsAdded);
      Tally sum = folded(oldest.tenant()).plus(oldest.state(), oldest.count());
      undo.put(tables.counts, oldest.tenant(), sum);
    }
    return count;
  }
}
