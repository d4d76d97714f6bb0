package dev.baton.core.usecase.upkeep;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.event.BatchEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.EventRows;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Pruned;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.batch.BatchLife;
import dev.baton.core.usecase.batch.BatchWalk;
import dev.baton.core.usecase.insight.Metrics;
import dev.baton.core.usecase.task.Counters;
import dev.baton.core.usecase.task.Endings;
import dev.baton.core.usecase.task.Gatekeeper;
import dev.baton.core.usecase.task.Journal;
import dev.baton.core.usecase.task.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Does what the passing of time asks for: leases run out, start times come, deadlines pass, old
 * work is pruned. Each call does one page and says whether there may be more. Thread-safe.
 */
public final class Upkeep {
  /** Tasks that one transaction of the sweep touches: others get their turn in between. */
  public static final int PAGE = 500;

  private final Store store;
  private final InstantSource clock;
  private final Settings settings;
  private final Counters counters;
  private final BatchWalk walk;

  public Upkeep(Store store, InstantSource clock, Settings settings, Counters counters) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.settings = requireNonNull(settings, "settings");
    this.counters = requireNonNull(counters, "counters");
    this.walk = BatchWalk.over(store, clock, settings);
  }

  /** Whether anything is due now; cheap. */
  public CompletableFuture<Boolean> isDue() {
    return store.read(
        tx -> {
          Instant now = clock.instant();
          return tx.tasks().nextDue().filter(due -> !due.isAfter(now)).isPresent()
              || walk.isDue(tx, now);
        });
  }

  /** Moves one page of each kind of due tasks; true when a page was full. */
  public CompletableFuture<Boolean> sweep() {
    return store
        .write(
            Urgency.CARRY,
            tx -> {
              Instant now = clock.instant();
              // Deadlines first: a task past its own is not handed out once more.
              int overdue = endOverdue(tx, now);
              int expired = expireLeases(tx, now);
              int started = start(tx, now);
              boolean walked = walk.step(tx, now);
              return new Swept(
                  expired, overdue == PAGE || expired == PAGE || started == PAGE || walked);
            })
        .thenApply(
            swept -> {
              counters.expired(swept.expired());
              return swept.more();
            });
  }

  private record Swept(int expired, boolean more) {}

  private static int endOverdue(Transaction tx, Instant now) {
    List<TaskRow> overdue = tx.tasks().overdue(now, PAGE);
    Failure failure = Failure.permanent(Failure.DEADLINE_EXCEEDED, "its deadline has passed");
    for (TaskRow listed : overdue) {
      // The death of one lets the next one through its gate, which may be on this list as well.
      TaskRow row =
          listed.terms().gate().isEmpty() ? listed : tx.tasks().find(listed.seq()).orElseThrow();
      if (row.state() == Kind.LEASED) {
        addExpiredAttempt(tx, row, now);
      }
      Endings.die(tx, row, failure, now);
    }
    return overdue.size();
  }

  private static int expireLeases(Transaction tx, Instant now) {
    List<TaskRow> expired = tx.tasks().expired(now, PAGE);
    for (TaskRow row : expired) {
      addExpiredAttempt(tx, row, now);
      if (row.terms().retry().allowsAttemptAfter(row.leaseState().attempts())) {
        TaskRow moved = Gatekeeper.expire(tx, row, now);
        tx.tasks().update(List.of(moved));
        Journal.tell(tx, row, moved, TaskEvent.Kind.EXPIRED, now);
      } else {
        Journal.tell(tx, row, row, TaskEvent.Kind.EXPIRED, now);
        Failure last = Failure.retryable(Failure.LEASE_EXPIRED, "its last holder went silent");
        Endings.die(tx, row, Endings.lastFailure(last), now);
      }
    }
    return expired.size();
  }

  private static void addExpiredAttempt(Transaction tx, TaskRow row, Instant now) {
    tx.answers()
        .addAttempt(
            row.seq(),
            new Attempt(
                row.leaseState().attempts(),
                row.lease(),
                now,
                Attempt.Outcome.EXPIRED,
                Optional.empty()));
  }

  private static int start(Transaction tx, Instant now) {
    List<TaskRow> due = tx.tasks().startable(now, PAGE);
    for (TaskRow row : due) {
      TaskRow moved =
          row.with(row.leaseState().waiting(Gatekeeper.start(tx, row, now), now.toEpochMilli()));
      if (moved.state() == Kind.READY) {
        Gatekeeper.ready(tx, row, moved, now);
      } else {
        tx.tasks().update(List.of(moved));
      }
    }
    return due.size();
  }

  /**
   * Removes tasks that were over for longer than {@code age}, with their texts, one page of them.
   *
   * @param afterSeq where the last page ended; 0 to begin
   */
  public CompletableFuture<Pruned> prune(Duration age, long afterSeq) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Pruned pruned = tx.tasks().prune(clock.instant().minus(age), afterSeq, PAGE);
          Journal.forget(tx, pruned);
          return pruned;
        });
  }

  /** How many batches go, and how many tasks with them. */
  public record PrunedBatches(int batches, long tasks) {}

  /**
   * Begins to remove batches that ended longer than {@code age} ago, with their tasks, one page of
   * them. {@link #sweep} goes on with it.
   */
  public CompletableFuture<PrunedBatches> pruneBatches(Duration age) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          List<Batch> old =
              tx.batches().finishedBefore(now.minus(age), PAGE).stream()
                  .filter(batch -> batch.state().isVisible())
                  .toList();
          long tasks = 0;
          for (Batch batch : old) {
            tasks += tx.batches().tally(batch.tenant(), batch.id()).total();
            BatchLife.log(tx, batch, BatchEvent.Kind.DELETED, now);
            BatchWalk.abandon(tx, batch, now);
          }
          return new PrunedBatches(old.size(), tasks);
        });
  }

  /**
   * Removes what no longer stands for anything, one page of each kind: keys, replies and names of
   * removed tasks after {@link Settings#keyRetention}, figures after {@link Metrics#RETENTION}. How
   * many keys, replies and names went.
   */
  public CompletableFuture<Integer> pruneKeys() {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          Instant cutoff = now.minus(settings.keyRetention());
          tx.stats().prune(now.minus(Metrics.RETENTION), PAGE);
          return tx.keys().prune(cutoff, PAGE)
              + tx.requests().prune(cutoff, PAGE)
              + tx.removals().prune(cutoff, PAGE);
        });
  }

  /** Removes events older than {@code age} from the log, one page of them; how many went. */
  public CompletableFuture<Integer> pruneEvents(Duration age) {
    return store.write(Urgency.CARRY, tx -> pruneEvents(tx, clock.instant().minus(age)));
  }

  /**
   * Steps on while nothing goes: a store may only remove what was written together as a whole. What
   * webhooks still have to be told stays.
   */
  private static int pruneEvents(Transaction tx, Instant cutoff) {
    EventRows events = tx.events();
    long told = tx.webhooks().enabled().isEmpty() ? Long.MAX_VALUE : tx.webhooks().cursor();
    long after = 0;
    while (true) {
      List<LoggedEvent> old =
          events.after(after, PAGE).stream()
              .takeWhile(logged -> logged.number() <= told)
              .takeWhile(logged -> logged.event().at().isBefore(cutoff))
              .toList();
      if (old.isEmpty()) {
        return 0;
      }
      after = old.get(old.size() - 1).number();
      int removed = events.prune(after + 1, PAGE);
      if (removed > 0) {
        return removed;
      }
    }
  }
}
