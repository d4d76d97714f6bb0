package dev.baton.core.usecase.task;

import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.TaskRows.Pruned;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.batch.BatchLife;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one place where what happens to a task is logged and counted. Called in the transaction of
 * the move, once its row is written and before anything that follows from it. Holds no state.
 */
public final class Journal {

  private Journal() {}

  /**
   * Logs the event, moves the counts, and hints at a task that became ready.
   *
   * @param before the row as it was; null for a new task
   * @param after the row as it is written; in the same state when the task did not move
   */
  public static void tell(
      Transaction tx, @Nullable TaskRow before, TaskRow after, TaskEvent.Kind kind, Instant now) {
    move(tx, before, after, kind, now);
    Kind from = before == null ? null : before.state();
    Kind to = after.state();
    if (from != to && (to == Kind.DEAD || to == Kind.CANCELLED)) {
      tx.stats().add(after.tenant(), Stats.bucketOf(now), after.terms().model(), Stats.failure());
    }
  }

  /** As {@link #tell}, of a task that is called off to be removed: that is nobody's failure. */
  static void calledOff(Transaction tx, TaskRow before, TaskRow after, Instant now) {
    move(tx, before, after, TaskEvent.Kind.CANCELLED, now);
  }

  private static void move(
      Transaction tx, @Nullable TaskRow before, TaskRow after, TaskEvent.Kind kind, Instant now) {
    tx.log(new TaskEvent(after.tenant(), after.id(), kind, attempt(before, after, kind), now));
    Kind from = before == null ? null : before.state();
    Kind to = after.state();
    if (from == to) {
      return;
    }
    if (from != null) {
      tx.counts().add(after.tenant(), from, -1);
    }
    tx.counts().add(after.tenant(), to, 1);
    if (after.terms().batch().isPresent()) {
      BatchLife.moved(tx, after, from, now);
    }
    if (to == Kind.READY) {
      tx.readied(after.tenant(), after.terms().queue(), 1);
    }
  }

  /** As {@link #tell}, of a task that has its answer: what it took is counted, too. */
  static void answered(
      Transaction tx, TaskRow before, TaskRow after, Completion completion, Instant now) {
    tell(tx, before, after, TaskEvent.Kind.SUCCEEDED, now);
    boolean leased = before.state() == Kind.LEASED;
    Duration took =
        leased
            ? Duration.ofMillis(now.toEpochMilli() - before.leaseState().leasedAt())
            : Duration.ZERO;
    Optional<ModelName> model =
        completion.modelAnswer().map(ModelAnswer::model).or(() -> after.terms().model());
    tx.stats()
        .add(after.tenant(), Stats.bucketOf(now), model, Stats.answered(took, completion.usage()));
  }

  /** A release takes its attempt out of the count: the event names the one that was given back. */
  private static int attempt(@Nullable TaskRow before, TaskRow after, TaskEvent.Kind kind) {
    return before != null && kind == TaskEvent.Kind.RELEASED
        ? before.leaseState().attempts()
        : after.leaseState().attempts();
  }

  /** The task was removed: it counts no more. */
  public static void forget(Transaction tx, TaskRow row, Instant now) {
    tx.counts().add(row.tenant(), row.state(), -1);
    if (row.terms().batch().isPresent()) {
      BatchLife.removed(tx, row, now);
    }
  }

  /** As {@link #forget}, for all that a pruning removed; tasks of a batch go with their batch. */
  public static void forget(Transaction tx, Pruned pruned) {
    pruned.removed().forEach(gone -> tx.counts().add(gone.tenant(), gone.state(), -gone.count()));
  }
}
