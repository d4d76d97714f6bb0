package dev.baton.core.usecase.task;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.event.TaskEvent;
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

/**
 * How a task goes to the dead letters: by its holder's word, or because time or attempts ran out.
 */
public final class Endings {

  private Endings() {}

  /** Writes the dead row, its failure, its event, and frees its place behind its gate. */
  public static TaskRow die(Transaction tx, TaskRow row, Failure failure, Instant now) {
    TaskRow dead = row.with(row.leaseState().dead(now.toEpochMilli()));
    tx.tasks().update(List.of(dead));
    tx.answers().insert(List.of(Result.of(row.seq(), failure, now)));
    Journal.tell(tx, row, dead, TaskEvent.Kind.DIED, now);
    Gatekeeper.leave(tx, row, now);
    return dead;
  }

  /** Calls a task off that is not over, whoever holds it. */
  @CanIgnoreReturnValue
  public static TaskRow cancel(Transaction tx, TaskRow row, Instant now) {
    if (row.state() == Kind.LEASED) {
      Attempt cut =
          new Attempt(
              row.leaseState().attempts(),
              row.lease(),
              now,
              Attempt.Outcome.CANCELLED,
              Optional.empty());
      tx.answers().addAttempt(row.seq(), cut);
    }
    TaskRow cancelled = row.with(row.leaseState().cancelled(now.toEpochMilli()));
    tx.tasks().update(List.of(cancelled));
    Journal.tell(tx, row, cancelled, TaskEvent.Kind.CANCELLED, now);
    Gatekeeper.leave(tx, row, now);
    return cancelled;
  }

  /** A dead or cancelled task starts over, without a deadline that has passed. */
  @CanIgnoreReturnValue
  public static TaskRow revive(Transaction tx, TaskRow row, Instant now) {
    tx.answers().removeResult(row.seq());
    TaskRow renewed = row.with(withoutPassedDeadline(row.terms(), now));
    if (!renewed.terms().equals(row.terms())) {
      tx.tasks().amend(renewed, tx.tasks().prompt(row.seq()));
    }
    Waiting waiting = Gatekeeper.enter(tx, row.tenant(), renewed.terms(), 0, now);
    TaskRow revived = renewed.with(renewed.leaseState().redriven(waiting, now.toEpochMilli()));
    tx.tasks().update(List.of(revived));
    Journal.tell(tx, row, revived, TaskEvent.Kind.REDRIVEN, now);
    return revived;
  }

  private static Terms withoutPassedDeadline(Terms terms, Instant now) {
    boolean passed = terms.deadline().filter(deadline -> !deadline.isAfter(now)).isPresent();
    return passed ? terms.amended(terms.priority(), terms.rank(), Optional.empty()) : terms;
  }

  /** What is told of a task whose last allowed attempt failed: its code says that none is left. */
  public static Failure lastFailure(Failure failure) {
    return failure.retryable()
        ? Failure.permanent(Failure.ATTEMPTS_EXHAUSTED, failure.code() + ": " + failure.message())
        : failure;
  }
}
