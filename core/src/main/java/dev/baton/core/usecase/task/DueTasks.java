package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.TaskRows.Pruned;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Moves the tasks whose time has come: deadlines pass, leases run out, start times come. One page
 * of each in a transaction, so that others get their turn in between. Thread-safe.
 */
public final class DueTasks {
  /** Tasks of each kind that one transaction touches. */
  public static final int PAGE = 500;

  private static final Failure DEADLINE =
      Failure.permanent(Failure.DEADLINE_EXCEEDED, "its deadline has passed");

  private static final Failure SILENCE =
      Failure.retryable(Failure.LEASE_EXPIRED, "the worker stopped extending its lease");

  private final Transitions transitions;
  private final Endings endings;

  public DueTasks(Transitions transitions) {
    this.transitions = requireNonNull(transitions, "transitions");
    this.endings = new Endings(transitions);
  }

  /** How many leases ran out, and whether there may be more to do. */
  public record Moved(int expired, boolean more) {}

  /** Whether there may be something to move; the parameters are those of {@link #move}. */
  public static boolean isDue(Transaction tx, Instant now, Instant calendar) {
    Instant later = later(now, calendar);
    return tx.tasks().nextDue().filter(due -> !due.isAfter(later)).isPresent();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Moves one page of each kind.
   *
   * @param now by the clock that leases and retries are counted by
   * @param calendar what deadlines and start times go by
   */
  public Moved move(Transaction tx, Instant now, Instant calendar) {
    // Deadlines first: a task past its own is not handed out once more.
    int overdue = endOverdue(tx, now, calendar);
    int expired = expireLeases(tx, now);
    int started = start(tx, now, calendar);
    return new Moved(expired, overdue == PAGE || expired == PAGE || started == PAGE);
  }

  private int endOverdue(Transaction tx, Instant now, Instant calendar) {
    List<TaskRow> overdue = tx.tasks().overdue(calendar, PAGE);
    for (TaskRow listed : overdue) {
      // The death of one lets the next one through its gate, which may be on this list as well.
      TaskRow row =
          listed.terms().gate().isEmpty() ? listed : tx.tasks().find(listed.seq()).orElseThrow();
      if (row.state() == Kind.LEASED) {
        addExpiredAttempt(tx, row, now);
      }
      endings.die(tx, row, DEADLINE, now);
    }
    return overdue.size();
  }

  private int expireLeases(Transaction tx, Instant now) {
    List<TaskRow> expired = tx.tasks().expired(now, PAGE);
    for (TaskRow row : expired) {
      addExpiredAttempt(tx, row, now);
      if (row.terms().retry().allowsAttemptAfter(row.leaseState().attempts())) {
        TaskRow moved =
            row.with(
                row.leaseState()
                    .expired(now.toEpochMilli())
                    .waiting(Gatekeeper.expire(tx, row), now.toEpochMilli()));
        transitions.apply(tx, Transition.of(row, moved, TaskEvent.Kind.EXPIRED, now));
      } else {
        transitions.apply(tx, Transition.of(row, row, TaskEvent.Kind.EXPIRED, now));
        endings.die(tx, row, Endings.lastFailure(SILENCE), now);
      }
    }
    return expired.size();
  }

  private static void addExpiredAttempt(Transaction tx, TaskRow row, Instant now) {
    tx.answers()
        .addAttempt(
            row.seq(), Endings.attempt(row, Attempt.Outcome.EXPIRED, Optional.empty(), now));
  }

  private int start(Transaction tx, Instant now, Instant calendar) {
    // A start that somebody named goes by the calendar, one after a failure is counted from it.
    List<TaskRow> due =
        tx.tasks().startable(later(now, calendar), PAGE).stream()
            .filter(row -> isDue(row, row.leaseState().isTried() ? now : calendar))
            .toList();
    for (TaskRow row : due) {
      TaskRow moved =
          row.with(row.leaseState().waiting(Gatekeeper.start(tx, row, now), now.toEpochMilli()));
      if (moved.state() == Kind.READY) {
        transitions.apply(tx, Transition.of(row, moved, TaskEvent.Kind.READIED, now));
      } else {
        Transitions.touch(tx, row, moved);
      }
    }
    return due.size();
  }

  private static boolean isDue(TaskRow row, Instant at) {
    return row.leaseState().startAt() <= at.toEpochMilli();
  }

  /**
   * Removes tasks that were over before {@code cutoff}, with their texts, one page of them.
   *
   * @param afterSeq where the last page ended; 0 to begin
   */
  public static Pruned prune(Transaction tx, Instant cutoff, long afterSeq) {
    Pruned pruned = tx.tasks().prune(cutoff, afterSeq, PAGE);
    Transitions.forget(tx, pruned);
    return pruned;
  }
}
