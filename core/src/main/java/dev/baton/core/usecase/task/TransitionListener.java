package dev.baton.core.usecase.task;

import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.Transaction;
import java.time.Instant;

/**
 * Is called by {@link Transitions} for all that happens to tasks, in the same transaction. It
 * writes through that transaction only, which may be rolled back and run again; what lives in the
 * process is told after the commit, by the store's own listeners. What it throws rolls the move
 * back. Called for every task: whoever has nothing to do must find that out without a read. Must be
 * thread-safe.
 */
public interface TransitionListener {

  /** Something happened to a task; its row is written, and its event logged. */
  void onTransition(Transaction tx, Transition transition);

  /**
   * A task that is over is about to start over: what it belongs to can make room for it first. The
   * move itself follows.
   */
  default void beforeRevival(Transaction tx, TaskRow row, Instant now) {}

  /** A task that is over goes, with all that belongs to it. */
  default void onRemoval(Transaction tx, TaskRow row, Instant now) {}
}
