package dev.baton.core.testing;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.TaskRows;
import dev.baton.core.testing.MemoryTables.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The tasks, found by looking at each of them. */
final class MemoryTaskRows implements TaskRows {
  private static final Comparator<TaskRow> BY_RANK =
      Comparator.comparingLong((TaskRow row) -> row.terms().rank()).thenComparingLong(TaskRow::seq);

  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryTaskRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public List<TaskRow> insert(List<Submission> submissions) {
    guard.toWrite();
    List<TaskRow> inserted = new ArrayList<>(submissions.size());
    for (Submission submission : submissions) {
      TaskRow row = submission.row();
      Named<TaskId> name = new Named<>(row.tenant(), row.id());
      if (tables.numbers.containsKey(name)) {
        throw new IllegalStateException("the id is taken: " + row.id());
      }
      long seq = ++tables.lastSeq;
      undo.onRollback(() -> tables.lastSeq = seq - 1);
      TaskRow numbered = new TaskRow(seq, row.tenant(), row.id(), row.terms(), row.leaseState());
      undo.put(tables.numbers, name, seq);
      undo.put(tables.tasks, seq, numbered);
      undo.put(tables.prompts, seq, submission.prompt());
      inserted.add(numbered);
    }
    return inserted;
  }

  @Override
  public Map<TaskId, TaskRow> find(TenantId tenant, List<TaskId> ids) {
    guard.toRead();
    Map<TaskId, TaskRow> found = new HashMap<>();
    for (TaskId id : ids) {
      Long seq = tables.numbers.get(new Named<>(tenant, id));
      if (seq != null) {
        found.put(id, existing(seq));
      }
    }
    return found;
  }

  @Override
  public Optional<TaskRow> find(long seq) {
    guard.toRead();
    return Optional.ofNullable(tables.tasks.get(seq));
  }

  @Override
  public List<TenantId> readyTenants(String after, int max) {
    return select(row -> row.state() == Kind.READY)
        .map(row -> row.tenant().value())
        .filter(name -> name.compareTo(after) > 0)
        .distinct()
        .sorted()
        .limit(max)
        .map(TenantId::new)
        .toList();
  }

  @Override
  public List<Submission> nextReady(
      TenantId tenant, List<QueueName> queues, ModelFilter models, int max, int maxCharacters) {
    List<TaskRow> rows =
        select(
                row ->
                    row.state() == Kind.READY
                        && row.tenant().equals(tenant)
                        && queues.contains(row.terms().queue())
                        && models.accepts(row.terms().model())
                        && prompt(row.seq()).isWithin(maxCharacters))
            .sorted(BY_RANK)
            .limit(max)
            .toList();
    List<Submission> ready = new ArrayList<>();
    long length = 0;
    for (TaskRow row : rows) {
      if (length < READY_TEXT_MAX) {
        Submission next = new Submission(row, prompt(row.seq()));
        length += next.length();
        ready.add(next);
      }
    }
    return ready;
  }

  @Override
  public void update(List<TaskRow> rows) {
    guard.toWrite();
    for (TaskRow row : rows) {
      undo.put(tables.tasks, row.seq(), existing(row.seq()).with(row.leaseState()));
    }
  }

  @Override
  public void amend(TaskRow row, Prompt prompt) {
    guard.toWrite();
    undo.put(tables.tasks, row.seq(), existing(row.seq()).with(row.terms()));
    undo.put(tables.prompts, row.seq(), prompt);
  }

  @Override
  public Prompt prompt(long seq) {
    guard.toRead();
    return requireNonNull(tables.prompts.get(seq), "the task exists");
  }

  @Override
  public List<TaskRow> expired(Instant now, int max) {
    return due(row -> row.state() == Kind.LEASED, row -> row.leaseState().leaseUntil(), now, max);
  }

  @Override
  public List<TaskRow> startable(Instant now, int max) {
    return due(MemoryTaskRows::hasStart, row -> row.leaseState().startAt(), now, max);
  }

  @Override
  public List<TaskRow> overdue(Instant now, int max) {
    return due(MemoryTaskRows::hasDeadline, MemoryTaskRows::deadline, now, max);
  }

  private List<TaskRow> due(
      Predicate<TaskRow> which, ToLongFunction<TaskRow> when, Instant now, int max) {
    return select(which.and(row -> when.applyAsLong(row) <= now.toEpochMilli()))
        .sorted(Comparator.comparingLong(when))
        .limit(max)
        .toList();
  }

  private static boolean hasStart(TaskRow row) {
    return row.state() == Kind.HELD && row.leaseState().startAt() > 0;
  }

  private static boolean hasDeadline(TaskRow row) {
    return row.terms().deadline().isPresent() && !row.state().isTerminal();
  }

  private static long deadline(TaskRow row) {
    return row.terms().deadline().orElseThrow().toEpochMilli();
  }

  @Override
  public List<TaskRow> heldBehind(TenantId tenant, GateId gate, int max) {
    return select(
            row ->
                row.state() == Kind.HELD
                    && row.leaseState().startAt() == 0
                    && row.tenant().equals(tenant)
                    && row.terms().gate().filter(gate::equals).isPresent())
        .sorted(BY_RANK)
        .limit(max)
        .toList();
  }

  @Override
  public Optional<Instant> nextDue() {
    guard.toRead();
    return tables.tasks.values().stream()
        .flatMap(
            row ->
                Stream.of(
                        Optional.of(row.leaseState().leaseUntil())
                            .filter(until -> row.state() == Kind.LEASED),
                        Optional.of(row.leaseState().startAt()).filter(start -> hasStart(row)),
                        Optional.of(row).filter(MemoryTaskRows::hasDeadline).map(r -> deadline(r)))
                    .flatMap(Optional::stream))
        .min(Long::compare)
        .map(Instant::ofEpochMilli);
  }

  @Override
  public List<TaskRow> list(TenantId tenant, Filter filter, long before, int max) {
    guard.toRead();
    return tables.tasks.headMap(before, false).descendingMap().values().stream()
        .filter(row -> row.tenant().equals(tenant))
        .filter(row -> filter.state().map(row.state()::equals).orElse(true))
        .filter(row -> filter.queue().map(row.terms().queue()::equals).orElse(true))
        .limit(max)
        .toList();
  }

  @Override
  public List<Depth> depths(TenantId tenant) {
    Map<Depth, Long> counts = new LinkedHashMap<>();
    select(row -> row.tenant().equals(tenant) && !row.state().isTerminal())
        .map(row -> new Depth(row.terms().queue(), row.state(), 0))
        .forEach(line -> counts.merge(line, 1L, Long::sum));
    return counts.entrySet().stream()
        .map(line -> new Depth(line.getKey().queue(), line.getKey().state(), line.getValue()))
        .toList();
  }

  @Override
  public int ahead(TaskRow row, int max) {
    return (int)
        select(
                other ->
                    other.state() == Kind.READY
                        && other.tenant().equals(row.tenant())
                        && other.terms().queue().equals(row.terms().queue())
                        && BY_RANK.compare(other, row) < 0)
            .limit(max)
            .count();
  }

  @Override
  public Pruned prune(Instant cutoff, long afterSeq, int max) {
    guard.toWrite();
    NavigableMap<Long, TaskRow> rest = tables.tasks.tailMap(afterSeq, false);
    List<TaskRow> page = rest.values().stream().limit(max).toList();
    List<Gone> removed = new ArrayList<>();
    for (TaskRow row : page) {
      if (row.state().isTerminal()
          && row.terms().batch().isEmpty()
          && row.leaseState().changedAt() < cutoff.toEpochMilli()) {
        remove(row);
        removed.add(new Gone(row.tenant(), row.state(), 1));
      }
    }
    return new Pruned(
        page.isEmpty() ? Optional.empty() : Optional.of(page.get(page.size() - 1).seq()), removed);
  }

  /** With all that belongs to it. */
  void remove(TaskRow row) {
    erase(tables, undo, row);
  }

  static void erase(MemoryTables tables, UndoLog undo, TaskRow row) {
    undo.remove(tables.tasks, row.seq());
    undo.remove(tables.numbers, new Named<>(row.tenant(), row.id()));
    undo.remove(tables.prompts, row.seq());
    undo.remove(tables.results, row.seq());
    undo.remove(tables.alternatives, row.seq());
    undo.remove(tables.attempts, row.seq());
    undo.remove(tables.progress, row.seq());
    undo.remove(tables.chunks, row.seq());
    undo.remove(tables.origins, row.seq());
    tables.keys.entrySet().stream()
        .filter(use -> use.getValue().seq() == row.seq())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(key -> undo.remove(tables.keys, key));
  }

  private TaskRow existing(long seq) {
    return requireNonNull(tables.tasks.get(seq), "the task exists");
  }

  private Stream<TaskRow> select(Predicate<TaskRow> which) {
    guard.toRead();
    return tables.tasks.values().stream().filter(which);
  }
}
