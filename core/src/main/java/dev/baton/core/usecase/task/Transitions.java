package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.TaskRows.Pruned;
import dev.baton.core.port.TaskRows.Submission;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The one door through which tasks move: nothing else writes a task's row. Each call checks the
 * table of moves, writes the row, logs the event, moves the counts, tells the listeners, gives up
 * the task's place behind its gate and lets the next one in, and hints at what became ready; all in
 * the caller's transaction. Thread-safe.
 */
public final class Transitions {
  /** Tasks readied by one transaction: others get their turn in between. */
  public static final int OPENING_MAX = 1_000;

  private final List<TransitionListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * Adds a listener, which is called after those added before; to be done before the first move.
   */
  public void addListener(TransitionListener listener) {
    listeners.add(requireNonNull(listener, "listener"));
  }

  /** Adds tasks, whose ids must be free and whose places behind gates are taken. */
  public List<TaskRow> insert(Transaction tx, List<Submission> submissions, Instant now) {
    List<TaskRow> rows = tx.tasks().insert(submissions);
    for (TaskRow row : rows) {
      tell(tx, Transition.submitted(row, now));
    }
    return rows;
  }

  /**
   * Does one transition; the row as it is written.
   *
   * @throws IllegalStateException when no move leads there: asking is the caller's duty
   */
  @CanIgnoreReturnValue
  public TaskRow apply(Transaction tx, Transition transition) {
    TaskRow before = checked(transition);
    TaskRow after = transition.after();
    if (!after.terms().equals(before.terms())) {
      tx.tasks().amend(after, tx.tasks().prompt(after.seq()));
    }
    if (!after.leaseState().equals(before.leaseState())) {
      tx.tasks().update(List.of(after));
    }
    tell(tx, transition);
    keepGate(tx, transition);
    return after;
  }

  /** As {@link #apply}, of a task that asks something else from now on. */
  @CanIgnoreReturnValue
  TaskRow apply(Transaction tx, Transition transition, Prompt prompt) {
    checked(transition);
    tx.tasks().amend(transition.after(), prompt);
    applyAll(tx, List.of(transition));
    return transition.after();
  }

  /** As {@link #apply}, of many whose terms stay, written together. */
  void applyAll(Transaction tx, List<Transition> transitions) {
    List<TaskRow> rows = new ArrayList<>(transitions.size());
    for (Transition transition : transitions) {
      checked(transition);
      rows.add(transition.after());
    }
    tx.tasks().update(rows);
    for (Transition transition : transitions) {
      tell(tx, transition);
      keepGate(tx, transition);
    }
  }

  /**
   * Writes what is no event and nobody is told of: a lease that is extended, a start time that came
   * while the gate is full.
   */
  static void touch(Transaction tx, TaskRow before, TaskRow after) {
    checkState(
        before.state() == after.state(), "%s to %s is a move", before.state(), after.state());
    tx.tasks().update(List.of(after));
  }

  private static TaskRow checked(Transition transition) {
    TaskRow before = requireNonNull(transition.before(), "before");
    checkState(
        !transition.isMove() || before.state().mayBecome(transition.to()),
        "no move leads from %s to %s",
        before.state(),
        transition.to());
    return before;
  }

  private void tell(Transaction tx, Transition transition) {
    TaskRow after = transition.after();
    tx.log(
        new TaskEvent(
            after.tenant(), after.id(), transition.event(), transition.attempt(), transition.at()));
    if (transition.isMove()) {
      Kind from = transition.from();
      if (from != null) {
        tx.counts().add(after.tenant(), after.terms().queue(), from, -1);
      }
      tx.counts().add(after.tenant(), after.terms().queue(), transition.to(), 1);
    }
    for (TransitionListener listener : listeners) {
      listener.onTransition(tx, transition);
    }
    if (joinsLine(transition)) {
      tx.readied(after.tenant(), after.terms().queue(), 1);
    }
  }

  /** Ready from now on, or in another model's line, whose waiters have not been told of it. */
  private static boolean joinsLine(Transition transition) {
    if (transition.to() != Kind.READY) {
      return false;
    }
    TaskRow before = transition.before();
    return transition.isMove()
        || before == null
        || !before.terms().model().equals(transition.after().terms().model());
  }

  /** Gives up the place of a task that has left its gate, and lets the next one in. */
  private void keepGate(Transaction tx, Transition transition) {
    TaskRow before = requireNonNull(transition.before());
    if (!before.leaseState().inGate()) {
      return;
    }
    TaskRow after = transition.after();
    boolean stays =
        after.leaseState().inGate() && after.terms().gate().equals(before.terms().gate());
    if (!stays) {
      Gate gate = Gatekeeper.gate(tx, before.tenant(), before.terms().gate().orElseThrow());
      letIn(tx, gate.taking(-1), transition.at());
    }
  }

  /**
   * Writes a gate that has another limit or another number of places taken, and readies as many
   * held tasks as there is room for, up to {@link #OPENING_MAX}; how many.
   */
  @CanIgnoreReturnValue
  public int letIn(Transaction tx, Gate gate, Instant now) {
    int room = Math.min(gate.room(), OPENING_MAX);
    List<TaskRow> next =
        room == 0 ? List.of() : tx.tasks().heldBehind(gate.tenant(), gate.id(), room);
    tx.gates().put(gate.taking(next.size()));
    if (!next.isEmpty()) {
      applyAll(tx, waiting(next, new Waiting(Kind.READY, 0, true), TaskEvent.Kind.READIED, now));
    }
    return next.size();
  }

  /** Holds back the ready tasks behind a gate, and lets nobody in until it is opened. */
  public void close(Transaction tx, Gate gate, List<TaskRow> ready, Instant now) {
    tx.gates().put(gate.withLimit(0));
    applyAll(tx, waiting(ready, new Waiting(Kind.HELD, 0, false), TaskEvent.Kind.HELD, now));
  }

  private static List<Transition> waiting(
      List<TaskRow> rows, Waiting waiting, TaskEvent.Kind event, Instant now) {
    List<Transition> transitions = new ArrayList<>(rows.size());
    for (TaskRow row : rows) {
      TaskRow after = row.with(row.leaseState().waiting(waiting, now.toEpochMilli()));
      transitions.add(Transition.of(row, after, event, now));
    }
    return transitions;
  }

  /** Tells that a task that is over starts over next. */
  void beforeRevival(Transaction tx, TaskRow row, Instant now) {
    for (TransitionListener listener : listeners) {
      listener.beforeRevival(tx, row, now);
    }
  }

  /**
   * Calls a task off if it is not over, which is nobody's failure, and counts it no more. Its row
   * and what belongs to it are the caller's to remove, in the same transaction; the row as it was
   * last.
   */
  @CanIgnoreReturnValue
  public TaskRow beforeRemoval(Transaction tx, TaskRow row, Instant now) {
    TaskRow last = row;
    if (!row.state().isTerminal()) {
      TaskRow cancelled = row.with(row.leaseState().cancelled(now.toEpochMilli()));
      last = apply(tx, Transition.removal(row, cancelled, now));
    }
    tx.counts().add(last.tenant(), last.state(), -1);
    for (TransitionListener listener : listeners) {
      listener.onRemoval(tx, last, now);
    }
    return last;
  }

  /** Counts no more what a pruning removed; tasks of a batch go with their batch. */
  static void forget(Transaction tx, Pruned pruned) {
    pruned.removed().forEach(gone -> tx.counts().add(gone.tenant(), gone.state(), -gone.count()));
  }
}
