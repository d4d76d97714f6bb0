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
import dev.baton.persistence.jdbc.Numbers;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one session. Serves one transaction after the other; each starts with {@link #begin}.
 */
public final class SqlTransaction implements Transaction {
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

  /**
   * The rows for the only writer of a database, who remembers some of them.
   *
   * @param paused what is paused as of the last commit, see {@link #pausedQueues}
   */
  public static SqlTransaction alone(
      Session session, Numbers.Factory numbers, Supplier<Set<Line>> paused) {
    return new SqlTransaction(session, numbers, true, new LeasedRows(session), paused);
  }

  /** The rows for somebody who writes beside others. */
  public static SqlTransaction beside(
      Session session, Numbers.Factory numbers, Supplier<Set<Line>> paused) {
    return new SqlTransaction(session, numbers, true, null, paused);
  }

  /** The rows for somebody who reads. */
  public static SqlTransaction reading(
      Session session, Numbers.Factory numbers, Supplier<Set<Line>> paused) {
    return new SqlTransaction(session, numbers, false, null, paused);
  }

  /** The paused queues of all tenants. */
  public static Set<Line> pausedQueues(Session session) {
    return SqlQueueRows.loadPaused(session);
  }

  private SqlTransaction(
      Session session,
      Numbers.Factory numbers,
      boolean writable,
      @Nullable LeasedRows leased,
      Supplier<Set<Line>> paused) {
    this.session = session;
    this.writable = writable;
    Sql sql = new Sql(session, this::onWrite);
    tasks = new SqlTaskRows(session, sql, numbers.of(session, "task"), leased);
    answers = new SqlAnswerRows(session, sql);
    keys = new SqlKeyRows(session, sql);
    gates = new SqlGateRows(session, sql, writable);
    queues = new SqlQueueRows(sql, paused);
    events = new SqlEventRows(session, sql);
    counts = new SqlCountRows(session, sql);
    batches = new SqlBatchRows(session, sql, numbers.of(session, "batch"), tasks);
    pauses = new SqlPauseRows(session, sql, leased != null);
    pages = new SqlTaskPages(sql, session.dialect());
    schedules = new SqlScheduleRows(sql, session.dialect());
    stats = new SqlStatRows(session, sql);
    requests = new SqlRequestRows(session, sql);
    removals = new SqlRemovals(sql, tasks);
    webhooks = new SqlWebhookRows(sql);
  }

  private void onWrite() {
    if (!writable) {
      throw new IllegalStateException("a read does not write");
    }
    writes++;
  }

  public void begin() {
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

  /** Where the rows lie. */
  public Session session() {
    return session;
  }

  /** Changes so far, to tell whether a work that failed had begun to write. */
  public long writes() {
    return writes;
  }

  /** Nothing of it was written: what was remembered of it is not so. */
  public void rolledBack() {
    tasks.rolledBack();
  }

  /** Writes what was kept back for the end; then the transaction can be committed. */
  public void flush() {
    gates.flush();
    stats.flush();
    counts.flush();
    batches.flush();
    events.flush();
  }

  /** What was logged, after {@link #flush}. */
  public List<LoggedEvent> logged() {
    return events.written();
  }

  public Multiset<Line> readied() {
    return readied;
  }

  public Optional<Set<Line>> pausedHere() {
    return queues.pausedHere();
  }

  /** A place to come back to when the work that follows fails. */
  public Mark mark() {
    return new Mark(this);
  }

  public void resetTo(Mark mark) {
    events.resetTo(mark.events);
    stats.resetTo(mark.stats);
    counts.resetTo(mark.counts);
    batches.resetTo(mark.tallies);
    readied = mark.readied;
    tasks.rolledBack();
    gates.resetTo(mark.gates);
    queues.resetTo(mark.paused);
  }

  /** What {@link #resetTo} needs; of no use elsewhere. */
  public static final class Mark {
    private final int events;
    private final int stats;
    private final SqlCountRows.Mark counts;
    private final Map<SqlBatchRows.Name, Tally> tallies;
    private final Multiset<Line> readied;
    private final Map<SqlGateRows.Name, Gate> gates;
    private final Optional<Set<Line>> paused;

    private Mark(SqlTransaction transaction) {
      events = transaction.events.mark();
      stats = transaction.stats.mark();
      counts = transaction.counts.mark();
      tallies = transaction.batches.mark();
      readied = HashMultiset.create(transaction.readied);
      gates = transaction.gates.mark();
      paused = transaction.queues.pausedHere();
    }
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
    readied.add(new Line(tenant, queue), count);
  }
}
