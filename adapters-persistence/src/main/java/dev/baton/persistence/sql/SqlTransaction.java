package dev.baton.persistence.sql;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.Tally;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one session. Serves one transaction after the other; each starts with {@link #begin}.
 */
final class SqlTransaction implements Transaction {
  private final Session session;
  private final SqlTaskRows tasks;
  private final SqlAnswerRows answers;
  private final SqlKeyRows keys;
  private final SqlGateRows gates;
  private final SqlQueueRows queues;
  private final SqlEventRows events;
  private final SqlCountRows counts;
  private final SqlBatchRows batches;
  private final SqlPauseRows pauses;
  private final SqlTaskPages pages;
  private final SqlScheduleRows schedules;
  private final SqlStatRows stats;
  private final SqlRequestRows requests;
  private final SqlRemovals removals;
  private final SqlWebhookRows webhooks;
  private final boolean writable;
  private Multiset<Line> readied = HashMultiset.create();
  private long writes;

  /** The rows for the writer of the file, or for whoever writes beside it. */
  static SqlTransaction writing(
      Session session, @Nullable LeasedRows leased, Supplier<Set<Line>> paused) {
    return new SqlTransaction(session, true, leased, paused);
  }

  /** The rows for somebody who reads. */
  static SqlTransaction reading(Session session, Supplier<Set<Line>> paused) {
    return new SqlTransaction(session, false, null, paused);
  }

  private SqlTransaction(
      Session session, boolean writable, @Nullable LeasedRows leased, Supplier<Set<Line>> paused) {
    this.session = session;
    this.writable = writable;
    tasks = new SqlTaskRows(session, this::onWrite, leased);
    answers = new SqlAnswerRows(session, this::onWrite);
    keys = new SqlKeyRows(session, this::onWrite);
    gates = new SqlGateRows(session, this::onWrite);
    queues = new SqlQueueRows(session, this::onWrite, paused);
    events = new SqlEventRows(session, this::onWrite);
    counts = new SqlCountRows(session, this::onWrite);
    batches = new SqlBatchRows(session, this::onWrite, tasks::removing);
    pauses = new SqlPauseRows(session, this::onWrite, leased != null);
    pages = new SqlTaskPages(session);
    schedules = new SqlScheduleRows(session, this::onWrite);
    stats = new SqlStatRows(session, this::onWrite);
    requests = new SqlRequestRows(session, this::onWrite);
    removals = new SqlRemovals(session, this::onWrite, tasks::removing);
    webhooks = new SqlWebhookRows(session, this::onWrite);
  }

  private void onWrite() {
    if (!writable) {
      throw new IllegalStateException("a read does not write");
    }
    writes++;
  }

  void begin() {
    boolean changedByOthers = tasks.begin();
    pauses.begin(changedByOthers);
    gates.begin();
    queues.begin();
    events.begin();
    stats.begin();
    counts.begin();
    batches.begin();
    readied = HashMultiset.create();
  }

  Session session() {
    return session;
  }

  /** Changes so far, to tell whether a work that failed had begun to write. */
  long writes() {
    return writes;
  }

  /** Nothing of it was written: what was remembered of it is not so. */
  void rolledBack() {
    tasks.rolledBack();
  }

  /** Writes what was kept back for the end; then the transaction can be committed. */
  void flush() {
    gates.flush();
    stats.flush();
    counts.flush();
    batches.flush();
    events.flush();
  }

  /** What was logged, after {@link #flush}. */
  List<LoggedEvent> logged() {
    return events.written();
  }

  Multiset<Line> readied() {
    return readied;
  }

  Optional<Set<Line>> pausedHere() {
    return queues.pausedHere();
  }

  /** A place to come back to when the work that follows fails. */
  Mark mark() {
    return new Mark(
        events.mark(),
        stats.mark(),
        counts.mark(),
        batches.mark(),
        HashMultiset.create(readied),
        gates.mark(),
        queues.pausedHere());
  }

  void resetTo(Mark mark) {
    events.resetTo(mark.events());
    stats.resetTo(mark.stats());
    counts.resetTo(mark.counts());
    batches.resetTo(mark.tallies());
    readied = mark.readied();
    tasks.rolledBack();
    gates.resetTo(mark.gates());
    queues.resetTo(mark.paused());
  }

  record Mark(
      int events,
      int stats,
      Map<TenantId, long[]> counts,
      Map<SqlBatchRows.Name, Tally> tallies,
      Multiset<Line> readied,
      Map<SqlGateRows.Name, Gate> gates,
      Optional<Set<Line>> paused) {}

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
    readied.add(new Line(tenant, queue), count);
  }
}
