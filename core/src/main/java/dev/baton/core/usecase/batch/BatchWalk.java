package dev.baton.core.usecase.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.BatchWalkState;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.task.Rank;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.Store;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.task.Endings;
import dev.baton.core.usecase.task.Settings;
import dev.baton.core.usecase.task.Transition;
import dev.baton.core.usecase.task.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What is done to all tasks of a batch, one page in a transaction, so that others get their turn in
 * between. How far a walk came is kept with the batch: a restart goes on from there. Holds no
 * state.
 */
public final class BatchWalk {
  /** Tasks that one transaction looks at. */
  static final int PAGE = 500;

  /** How long no row came before an import counts as left by a process that is no more. */
  static final Duration IMPORT_PATIENCE = Duration.ofMinutes(1);

  /** Batches that one look at the busy ones takes in. */
  private static final int BUSY_MAX = 64;

  private final Duration headStart;
  private final Instant aloneSince;

  private final Transitions transitions;
  private final Endings endings;
  private final InstantSource calendar;

  /**
   * For whoever opens the store now.
   *
   * @param calendar what deadlines go by
   */
  public BatchWalk(
      Store store,
      InstantSource clock,
      InstantSource calendar,
      Settings settings,
      Transitions transitions) {
    this.calendar = requireNonNull(calendar, "calendar");
    this.headStart = settings.headStart();
    this.aloneSince =
        store.isShared() ? Instant.MIN : clock.instant().truncatedTo(ChronoUnit.MILLIS);
    this.transitions = requireNonNull(transitions, "transitions");
    this.endings = new Endings(transitions);
  }

  /** Whether there is a page to do. */
  public boolean isDue(Transaction tx, Instant now) {
    return next(tx, now).isPresent();
  }

  private Optional<Batch> next(Transaction tx, Instant now) {
    return tx.batches().busy(BUSY_MAX).stream()
        .filter(batch -> !isImporting(batch, now))
        .findFirst();
  }

  /** Whether somebody still stores its rows, as far as one can tell. */
  boolean isImporting(Batch batch, Instant now) {
    Instant last = batch.run().changedAt();
    return batch.state() == BatchState.IMPORTING
        && !last.isBefore(aloneSince)
        && !last.plus(IMPORT_PATIENCE).isBefore(now);
  }

  /** Does a page of the batch that waits longest; false when none had any to do. */
  public boolean step(Transaction tx, Instant now) {
    Optional<Batch> next = next(tx, now);
    next.ifPresent(
        batch -> {
          if (batch.state() == BatchState.IMPORTING) {
            abandon(tx, batch, now);
          } else {
            page(tx, batch, now);
          }
        });
    return next.isPresent();
  }

  /** How many batches go, and how many tasks with them. */
  public record Pruned(int batches, long tasks) {}

  /** Begins to remove batches that ended before {@code cutoff}, one page of them. */
  public static Pruned prune(Transaction tx, Instant cutoff, Instant now) {
    List<Batch> old =
        tx.batches().finishedBefore(cutoff, PAGE).stream()
            .filter(batch -> batch.state().isVisible())
            .toList();
    long tasks = 0;
    for (Batch batch : old) {
      tasks += tx.batches().tally(batch.tenant(), batch.id()).total();
      BatchLife.log(tx, batch, BatchEvent.Kind.DELETED, now);
      abandon(tx, batch, now);
    }
    return new Pruned(old.size(), tasks);
  }

  /** What was stored of a batch goes again; nobody has seen it. */
  static void abandon(Transaction tx, Batch batch, Instant now) {
    BatchWalkState delete = BatchWalkState.of(BatchWalkState.Kind.DELETE);
    tx.batches().update(batch.with(batch.run().in(BatchState.DELETING, now).with(delete, now)));
  }

  /** Does the next page of a batch's walk. */
  void page(Transaction tx, Batch batch, Instant now) {
    BatchWalkState walk = batch.run().walk();
    List<TaskRow> rows = tx.batches().tasks(batch.tenant(), batch.id(), walk.after(), PAGE);
    for (TaskRow listed : rows) {
      // Whoever leaves the gate lets another one in, which may be on this page as well.
      TaskRow row = tx.tasks().find(listed.seq()).orElseThrow();
      visit(tx, batch, row, now);
    }
    if (walk.has(BatchWalkState.Kind.DELETE) && !rows.isEmpty()) {
      tx.batches().removeTasks(batch.tenant(), batch.id(), rows.get(rows.size() - 1).seq());
    }
    // A visit may have ended the batch.
    Batch after = tx.batches().find(batch.tenant(), batch.id()).orElseThrow();
    if (after.run().walk().isNone()) {
      return;
    }
    if (rows.size() == PAGE) {
      long last = rows.get(rows.size() - 1).seq();
      tx.batches().update(after.with(after.run().with(walk.upTo(last), now)));
    } else {
      finish(tx, after, now);
    }
  }

  private void visit(Transaction tx, Batch batch, TaskRow row, Instant now) {
    BatchWalkState walk = batch.run().walk();
    Kind state = row.state();
    if (walk.has(BatchWalkState.Kind.DELETE)) {
      bury(tx, row, now);
      transitions.beforeRemoval(tx, row, now);
    } else if (walk.has(BatchWalkState.Kind.CANCEL)) {
      if (!state.isTerminal()) {
        endings.cancel(tx, row, now);
      }
    } else {
      boolean revived =
          walk.has(BatchWalkState.Kind.RETRY) && (state == Kind.DEAD || state == Kind.CANCELLED);
      TaskRow waiting = revived ? endings.revive(tx, row, now, calendar.instant()) : row;
      if (walk.has(BatchWalkState.Kind.AMEND)) {
        amend(tx, batch, waiting, now);
      }
    }
  }

  /** Whoever may still believe that he holds it will be told, as when the task alone is deleted. */
  private static void bury(Transaction tx, TaskRow row, Instant now) {
    Kind state = row.state();
    boolean wasEndedByItsHolder = state == Kind.SUCCEEDED || state == Kind.DEAD;
    if (row.leaseState().token() > 0 && !wasEndedByItsHolder) {
      tx.removals().bury(row.tenant(), row.id(), now);
    }
  }

  /** A task that is not over takes on the batch's priority and deadline. */
  private void amend(Transaction tx, Batch batch, TaskRow row, Instant now) {
    Kind state = row.state();
    Terms terms = row.terms();
    BatchConfig config = batch.about().config();
    long rank = Rank.moved(terms, config.priority(), config.deadline(), headStart);
    Terms changed = terms.amended(config.priority(), rank, config.deadline());
    if (!state.isTerminal() && !changed.equals(terms)) {
      transitions.apply(tx, Transition.of(row, row.with(changed), TaskEvent.Kind.EDITED, now));
    }
  }

  private static void finish(Transaction tx, Batch batch, Instant now) {
    Tally tally = tx.batches().tally(batch.tenant(), batch.id());
    BatchState state = batch.state();
    if (state == BatchState.DELETING && tally.total() == 0) {
      tx.gates().remove(batch.tenant(), batch.id().gate());
      tx.batches().remove(batch);
      return;
    }
    // A task that started over behind the walk is met in another one.
    boolean again =
        state == BatchState.DELETING || (state == BatchState.CANCELLING && tally.open() > 0);
    BatchWalkState left = again ? batch.run().walk().upTo(0) : BatchWalkState.NONE;
    tx.batches().update(batch.with(batch.run().with(left, now)));
    BatchLife.endIfOver(tx, batch.tenant(), batch.id(), now);
  }
}
