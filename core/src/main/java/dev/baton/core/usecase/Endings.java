package dev.baton.core.usecase;

import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.util.List;

/**
 * How a task goes to the dead letters: by its holder's word, or because time or attempts ran out.
 */
final class Endings {

  private Endings() {}

  /** Writes the dead row, its failure, its event, and frees its place behind its gate. */
  static TaskRow die(Transaction tx, TaskRow row, Failure failure, Instant now) {
    TaskRow dead = row.with(row.standing().dead(now.toEpochMilli()));
    tx.tasks().update(List.of(dead));
    tx.answers().insert(List.of(Result.of(row.seq(), failure, now)));
    Journal.tell(tx, row, dead, TaskEvent.Kind.DIED, now);
    Gatekeeper.leave(tx, row, now);
    return dead;
  }

  /** What is told of a task whose last allowed attempt failed: its code says that none is left. */
  static Failure lastFailure(Failure failure) {
    return failure.retryable()
        ? Failure.permanent(Failure.ATTEMPTS_EXHAUSTED, failure.code() + ": " + failure.message())
        : failure;
  }
}
