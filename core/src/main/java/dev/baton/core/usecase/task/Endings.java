package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How a task ends without an answer, and how one that is over starts over. Thread-safe. */
public final class Endings {
  private final Transitions transitions;

  public Endings(Transitions transitions) {
    this.transitions = requireNonNull(transitions, "transitions");
  }

  /** To the dead letters: by its holder's word, or because time or attempts ran out. */
  @CanIgnoreReturnValue
  TaskRow die(Transaction tx, TaskRow row, Failure failure, Instant now) {
    TaskRow dead = row.with(row.leaseState().dead(now.toEpochMilli()));
    tx.answers().insert(List.of(Result.of(row.seq(), failure, now)));
    return transitions.apply(tx, Transition.of(row, dead, TaskEvent.Kind.DIED, now));
  }

  /** Calls a task off that is not over, whoever holds it. */
  @CanIgnoreReturnValue
  public TaskRow cancel(Transaction tx, TaskRow row, Instant now) {
    if (row.state() == Kind.LEASED) {
      tx.answers()
          .addAttempt(row.seq(), attempt(row, Attempt.Outcome.CANCELLED, Optional.empty(), now));
    }
    TaskRow cancelled = row.with(row.leaseState().cancelled(now.toEpochMilli()));
    return transitions.apply(tx, Transition.of(row, cancelled, TaskEvent.Kind.CANCELLED, now));
  }

  /** A dead or cancelled task starts over at its place, without a deadline that has passed. */
  @CanIgnoreReturnValue
  public TaskRow revive(Transaction tx, TaskRow row, Instant now, Instant calendar) {
    return revive(tx, row, UnaryOperator.identity(), now, calendar);
  }

  /**
   * A task that is over starts over, without a deadline that has passed.
   *
   * @param calendar what deadlines go by
   * @param change what else becomes of its terms, once what it belongs to has made room
   */
  TaskRow revive(
      Transaction tx, TaskRow row, UnaryOperator<Terms> change, Instant now, Instant calendar) {
    tx.answers().removeResult(row.seq());
    transitions.beforeRevival(tx, row, now);
    TaskRow renewed = row.with(withoutPassedDeadline(change.apply(row.terms()), calendar));
    Waiting waiting = Gatekeeper.enter(tx, row.tenant(), renewed.terms(), 0, now);
    TaskRow revived = renewed.with(renewed.leaseState().redriven(waiting, now.toEpochMilli()));
    return transitions.apply(tx, Transition.of(row, revived, TaskEvent.Kind.REDRIVEN, now));
  }

  private static Terms withoutPassedDeadline(Terms terms, Instant now) {
    boolean passed = terms.deadline().filter(deadline -> !deadline.isAfter(now)).isPresent();
    return passed ? terms.amended(terms.priority(), terms.rank(), Optional.empty()) : terms;
  }

  /** The lease that ends, as it is kept. */
  static Attempt attempt(
      TaskRow row, Attempt.Outcome outcome, Optional<Failure> failure, Instant now) {
    return new Attempt(row.leaseState().attempts(), row.lease(), now, outcome, failure);
  }

  /** What is told of a task whose last allowed attempt failed: its code says that none is left. */
  static Failure lastFailure(Failure failure) {
    return failure.retryable()
        ? Failure.permanent(Failure.ATTEMPTS_EXHAUSTED, failure.code() + ": " + failure.message())
        : failure;
  }
}
