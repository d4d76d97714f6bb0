package dev.baton.core.testing;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Ascii;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.port.ScheduleRows;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Schedules and runs, found by looking at each of them. */
final class MemoryScheduleRows implements ScheduleRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryScheduleRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public Schedule insert(Schedule schedule) {
    guard.toWrite();
    checkState(find(schedule.tenant(), schedule.id()).isEmpty(), "the id is taken");
    // Not taken back: a number may be left out.
    long seq = ++tables.lastSchedule;
    Schedule numbered =
        new Schedule(
            seq,
            schedule.tenant(),
            schedule.id(),
            schedule.plan(),
            schedule.createdAt(),
            schedule.lastRun(),
            schedule.nextRun());
    undo.put(tables.schedules, seq, numbered);
    return numbered;
  }

  @Override
  public Optional<Schedule> find(TenantId tenant, ScheduleId id) {
    return all().filter(s -> s.tenant().equals(tenant) && s.id().equals(id)).findFirst();
  }

  @Override
  public Optional<Schedule> find(long seq) {
    guard.toRead();
    return Optional.ofNullable(tables.schedules.get(seq));
  }

  private Stream<Schedule> all() {
    guard.toRead();
    return tables.schedules.values().stream();
  }

  @Override
  public void update(Schedule schedule) {
    guard.toWrite();
    undo.put(tables.schedules, schedule.seq(), schedule);
  }

  @Override
  public void remove(Schedule schedule) {
    guard.toWrite();
    undo.remove(tables.schedules, schedule.seq());
    runsOf(schedule.seq()).toList().forEach(run -> undo.remove(tables.scheduleRuns, run.seq()));
  }

  @Override
  public List<Schedule> list(TenantId tenant, Filter filter, ListOrder order, long skip, int max) {
    return matching(tenant, filter)
        .sorted(ListOrders.of(order, schedule -> schedule.plan().name(), Schedule::seq))
        .skip(skip)
        .limit(max)
        .toList();
  }

  @Override
  public long count(TenantId tenant, Filter filter) {
    return matching(tenant, filter).count();
  }

  private Stream<Schedule> matching(TenantId tenant, Filter filter) {
    return all()
        .filter(s -> s.tenant().equals(tenant))
        .filter(s -> filter.active().map(wanted -> wanted == s.plan().active()).orElse(true))
        .filter(
            s ->
                Ascii.toLowerCase(s.plan().name())
                    .contains(Ascii.toLowerCase(filter.name().orElse(""))));
  }

  @Override
  public List<Schedule> due(Instant now, int max) {
    return all()
        .filter(s -> s.nextRun().filter(at -> !at.isAfter(now)).isPresent())
        .sorted(Comparator.comparing(s -> s.nextRun().orElseThrow()))
        .limit(max)
        .toList();
  }

  @Override
  public Optional<Instant> nextDue() {
    return all().flatMap(s -> s.nextRun().stream()).min(Comparator.naturalOrder());
  }

  @Override
  public long countActive() {
    return all().filter(s -> s.plan().active()).count();
  }

  @Override
  public ScheduleRun insertRun(ScheduleRun run) {
    guard.toWrite();
    checkState(!hasRun(run.schedule(), run.nominal(), run.manual()), "it has its run");
    long seq = ++tables.lastScheduleRun;
    ScheduleRun numbered =
        new ScheduleRun(
            seq,
            run.tenant(),
            run.schedule(),
            run.nominal(),
            run.manual(),
            run.startedAt(),
            run.progress());
    undo.put(tables.scheduleRuns, seq, numbered);
    return numbered;
  }

  private Stream<ScheduleRun> runsOf(long schedule) {
    guard.toRead();
    return tables.scheduleRuns.values().stream().filter(run -> run.schedule() == schedule);
  }

  @Override
  public boolean hasRun(long schedule, Instant nominal, boolean manual) {
    return runsOf(schedule)
        .anyMatch(run -> run.nominal().equals(nominal) && run.manual() == manual);
  }

  @Override
  public void updateRun(ScheduleRun run) {
    guard.toWrite();
    if (tables.scheduleRuns.containsKey(run.seq())) {
      undo.put(tables.scheduleRuns, run.seq(), run);
    }
  }

  @Override
  public Optional<ScheduleRun> findRun(long seq) {
    guard.toRead();
    return Optional.ofNullable(tables.scheduleRuns.get(seq));
  }

  @Override
  public List<ScheduleRun> openRuns(long after, int max) {
    guard.toRead();
    return tables.scheduleRuns.tailMap(after, false).values().stream()
        .filter(run -> !run.state().isOver())
        .limit(max)
        .toList();
  }

  @Override
  public long countOpen(long schedule) {
    return runsOf(schedule).filter(run -> !run.state().isOver()).count();
  }

  @Override
  public List<ScheduleRun> runs(long schedule, long skip, int max) {
    return newestFirst(schedule).skip(skip).limit(max).toList();
  }

  private Stream<ScheduleRun> newestFirst(long schedule) {
    return runsOf(schedule).sorted(Comparator.comparingLong(ScheduleRun::seq).reversed());
  }

  @Override
  public long countRuns(long schedule) {
    return runsOf(schedule).count();
  }

  @Override
  public void pruneRuns(long schedule, int keep) {
    guard.toWrite();
    newestFirst(schedule)
        .skip(keep)
        .filter(run -> run.state().isOver())
        .toList()
        .forEach(run -> undo.remove(tables.scheduleRuns, run.seq()));
  }
}
