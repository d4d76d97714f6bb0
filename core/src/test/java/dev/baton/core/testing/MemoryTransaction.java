package dev.baton.core.testing;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.port.AnswerRows;
import dev.baton.core.port.BatchRows;
import dev.baton.core.port.CountRows;
import dev.baton.core.port.EventRows;
import dev.baton.core.port.GateRows;
import dev.baton.core.port.KeyRows;
import dev.baton.core.port.PauseRows;
import dev.baton.core.port.QueueRows;
import dev.baton.core.port.Removals;
import dev.baton.core.port.RequestRows;
import dev.baton.core.port.ScheduleRows;
import dev.baton.core.port.StatRows;
import dev.baton.core.port.Store.Line;
import dev.baton.core.port.TaskPages;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.Transaction;
import dev.baton.core.port.WebhookRows;

/** One transaction; refuses to be used when it is over, or to write when it only reads. */
final class MemoryTransaction implements Transaction {
  private final Guard guard;
  private final MemoryTaskRows tasks;
  private final AnswerRows answers;
  private final KeyRows keys;
  private final GateRows gates;
  private final QueueRows queues;
  private final EventRows events;
  private final CountRows counts;
  private final BatchRows batches;
  private final PauseRows pauses;
  private final TaskPages pages;
  private final ScheduleRows schedules;
  private final StatRows stats;
  private final RequestRows requests;
  private final Removals removals;
  private final WebhookRows webhooks;
  private final Multiset<Line> readied = HashMultiset.create();

  MemoryTransaction(MemoryTables tables, UndoLog undo, boolean writable) {
    guard = new Guard(writable);
    tasks = new MemoryTaskRows(tables, undo, guard);
    answers = new MemoryAnswerRows(tables, undo, guard);
    keys = new MemoryKeyRows(tables, undo, guard);
    gates = new MemoryGateRows(tables, undo, guard);
    queues = new MemoryQueueRows(tables, undo, guard);
    events = new MemoryEventRows(tables, undo, guard);
    counts = new MemoryCountRows(tables, undo, guard);
    batches = new MemoryBatchRows(tables, undo, guard, tasks);
    pauses = new MemoryPauseRows(tables, undo, guard);
    pages = new MemoryTaskPages(tables, guard);
    schedules = new MemoryScheduleRows(tables, undo, guard);
    stats = new MemoryStatRows(tables, undo, guard);
    requests = new MemoryRequestRows(tables, undo, guard);
    removals = new MemoryRemovals(tables, undo, guard);
    webhooks = new MemoryWebhookRows(tables, undo, guard);
  }

  /** Asked before each step. */
  static final class Guard {
    private final boolean writable;
    private boolean over;

    private Guard(boolean writable) {
      this.writable = writable;
    }

    void toRead() {
      if (over) {
        throw new IllegalStateException("the transaction is over");
      }
    }

    void toWrite() {
      toRead();
      if (!writable) {
        throw new IllegalStateException("a read does not write");
      }
    }
  }

  void end() {
    guard.over = true;
  }

  Multiset<Line> readied() {
    return readied;
  }

  @Override
  public TaskRows tasks() {
    return tasks;
  }

  @Override
  public AnswerRows answers() {
    return answers;
  }

  @Override
  public KeyRows keys() {
    return keys;
  }

  @Override
  public GateRows gates() {
    return gates;
  }

  @Override
  public QueueRows queues() {
    return queues;
  }

  @Override
  public EventRows events() {
    return events;
  }

  @Override
  public CountRows counts() {
    return counts;
  }

  @Override
  public BatchRows batches() {
    return batches;
  }

  @Override
  public PauseRows pauses() {
    return pauses;
  }

  @Override
  public TaskPages pages() {
    return pages;
  }

  @Override
  public ScheduleRows schedules() {
    return schedules;
  }

  @Override
  public StatRows stats() {
    return stats;
  }

  @Override
  public WebhookRows webhooks() {
    return webhooks;
  }

  @Override
  public Removals removals() {
    return removals;
  }

  @Override
  public RequestRows requests() {
    return requests;
  }

  @Override
  public void readied(TenantId tenant, QueueName queue, int count) {
    guard.toRead();
    readied.add(new Line(tenant, queue), count);
  }
}
