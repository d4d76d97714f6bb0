package dev.baton.core.simulation;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks into the store itself: whether what it holds, and what its log tells, can be. */
final class Audit {
  private static final int ALL = 10_000;
  private static final Set<TaskEvent.Kind> ENDS =
      EnumSet.of(TaskEvent.Kind.SUCCEEDED, TaskEvent.Kind.DIED, TaskEvent.Kind.CANCELLED);
  private static final Set<TaskEvent.Kind> LEASE_ENDS =
      EnumSet.of(TaskEvent.Kind.FAILED, TaskEvent.Kind.EXPIRED, TaskEvent.Kind.RELEASED);
  private static final Set<TaskEvent.Kind> WHILE_WAITING =
      EnumSet.of(TaskEvent.Kind.READIED, TaskEvent.Kind.LEASED, TaskEvent.Kind.EDITED);

  private final Store store;
  private final Verdict verdict;
  private final List<GateId> gates;

  Audit(Store store, Verdict verdict, List<GateId> gates) {
    this.store = store;
    this.verdict = verdict;
    this.gates = gates;
  }

  List<TaskRow> all() {
    return store.read(Audit::all).join();
  }

  private static List<TaskRow> all(Transaction tx) {
    return tx.tasks().list(TenantId.DEFAULT, TaskRows.Filter.ALL, Long.MAX_VALUE, ALL);
  }

  Prompt promptOf(TaskRow row) {
    return store.read(tx -> tx.tasks().prompt(row.seq())).join();
  }

  List<LoggedEvent> log() {
    return store.read(tx -> tx.events().after(0, ALL)).join();
  }

  /** After every step. */
  void checkRows() {
    var unused =
        store
            .read(
                tx -> {
                  List<TaskRow> rows = all(tx);
                  rows.forEach(row -> checkRow(tx, row));
                  gates.forEach(
                      id ->
                          tx.gates()
                              .find(TenantId.DEFAULT, id)
                              .ifPresent(gate -> checkGate(gate, rows)));
                  return true;
                })
            .join();
  }

  private void checkRow(Transaction tx, TaskRow row) {
    LeaseState leaseState = row.leaseState();
    boolean hasResult = tx.answers().result(row.seq()).isPresent();
    boolean wantsResult = leaseState.state() == Kind.SUCCEEDED || leaseState.state() == Kind.DEAD;
    verdict.check(hasResult == wantsResult, Rule.STORED, "result of %s: %s", row, hasResult);
    verdict.check(
        leaseState.attempts() >= 0 && leaseState.attempts() <= row.terms().retry().maxAttempts(),
        Rule.ATTEMPTS,
        "%s",
        row);
    verdict.check(
        leaseState.state() != Kind.LEASED || leaseState.holder() != null, Rule.STORED, "%s", row);
    verdict.check(
        !leaseState.inGate()
            || (row.terms().gate().isPresent() && !leaseState.state().isTerminal()),
        Rule.GATE,
        "%s",
        row);
  }

  private void checkGate(Gate gate, List<TaskRow> rows) {
    List<TaskRow> behind =
        rows.stream()
            .filter(row -> row.terms().gate().filter(gate.id()::equals).isPresent())
            .toList();
    long inside = behind.stream().filter(row -> row.leaseState().inGate()).count();
    verdict.check(gate.taken() == inside, Rule.GATE, "%s, inside are %d", gate, inside);
    boolean someoneWaits =
        behind.stream()
            .map(TaskRow::leaseState)
            .anyMatch(s -> s.state() == Kind.HELD && s.startAt() == 0 && !s.inGate());
    verdict.check(gate.room() == 0 || !someoneWaits, Rule.GATE, "%s has room, one waits", gate);
    for (TaskRow row : behind) {
      boolean active = row.state() == Kind.READY || row.state() == Kind.LEASED;
      verdict.check(!active || row.leaseState().inGate(), Rule.GATE, "%s is outside", row);
    }
  }

  /** After a sweep that found no more to do. */
  void checkNothingIsDue(Instant now) {
    var due = store.read(tx -> tx.tasks().nextDue()).join();
    verdict.check(
        due.filter(instant -> !instant.isAfter(now)).isEmpty(),
        Rule.STORED,
        "due since %s at %s",
        due,
        now);
  }

  /** At the end: the whole log. */
  void checkLog() {
    Map<TaskId, TaskRow> rows = new HashMap<>();
    all().forEach(row -> rows.put(row.id(), row));
    Map<TaskId, TaskEvent.Kind> last = new HashMap<>();
    Map<TaskId, Integer> attempts = new HashMap<>();
    long number = 0;
    for (LoggedEvent logged : log()) {
      verdict.check(logged.number() > number, Rule.LOG, "after %d comes %s", number, logged);
      number = logged.number();
      TaskEvent event = (TaskEvent) logged.event();
      TaskRow row = rows.get(event.taskId());
      if (row == null) {
        verdict.broken(Rule.LOST, "the log knows %s, the store does not", event);
        continue;
      }
      checkStory(last.put(event.taskId(), event.kind()), event);
      int counted =
          switch (event.kind()) {
            case LEASED -> attempts.merge(event.taskId(), 1, Integer::sum);
            case RELEASED -> attempts.merge(event.taskId(), -1, Integer::sum);
            case REDRIVEN -> attempts.merge(event.taskId(), 0, (was, zero) -> zero);
            default -> 0;
          };
      verdict.check(
          counted <= row.terms().retry().maxAttempts(),
          Rule.ATTEMPTS,
          "%s was leased %d times",
          event.taskId(),
          counted);
    }
    rows.values().forEach(row -> checkEnd(row, last.get(row.id())));
  }

  private void checkStory(TaskEvent.@Nullable Kind before, TaskEvent event) {
    boolean possible =
        before == null
            ? event.kind() == TaskEvent.Kind.SUBMITTED
            : switch (before) {
              case SUCCEEDED -> false;
              case DIED, CANCELLED -> event.kind() == TaskEvent.Kind.REDRIVEN;
              case LEASED -> ENDS.contains(event.kind()) || LEASE_ENDS.contains(event.kind());
              case SUBMITTED, READIED, FAILED, EXPIRED, RELEASED, REDRIVEN, EDITED, HELD ->
                  ENDS.contains(event.kind()) || WHILE_WAITING.contains(event.kind());
            };
    verdict.check(possible, Rule.LOG, "%s after %s", event, String.valueOf(before));
  }

  private void checkEnd(TaskRow row, TaskEvent.@Nullable Kind last) {
    boolean told =
        switch (row.state()) {
          case SUCCEEDED -> last == TaskEvent.Kind.SUCCEEDED;
          case DEAD -> last == TaskEvent.Kind.DIED;
          case CANCELLED -> last == TaskEvent.Kind.CANCELLED;
          case HELD, READY, LEASED -> true;
        };
    verdict.check(told, Rule.LOG, "%s, but last was %s", row, String.valueOf(last));
  }
}
