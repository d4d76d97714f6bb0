package dev.baton.core.usecase.upkeep;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.port.EventRows;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Pruned;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.batch.BatchWalk;
import dev.baton.core.usecase.idempotency.IdempotencyKeys;
import dev.baton.core.usecase.insight.Metrics;
import dev.baton.core.usecase.task.Counters;
import dev.baton.core.usecase.task.DueTasks;
import dev.baton.core.usecase.task.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Does what the passing of time asks for: leases run out, start times come, deadlines pass, old
 * work is pruned. Each call does one page and says whether there may be more. Thread-safe.
 */
public final class Upkeep {
  /** Rows that one transaction touches: others get their turn in between. */
  public static final int PAGE = DueTasks.PAGE;

  private final Store store;
  private final InstantSource clock;
  private final InstantSource calendar;
  private final Settings settings;
  private final Counters counters;
  private final DueTasks tasks;
  private final BatchWalk walk;

  public Upkeep(
      Store store,
      InstantSource clock,
      InstantSource calendar,
      Settings settings,
      Counters counters,
      DueTasks tasks,
      BatchWalk walk) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.calendar = requireNonNull(calendar, "calendar");
    this.settings = requireNonNull(settings, "settings");
    this.counters = requireNonNull(counters, "counters");
    this.tasks = requireNonNull(tasks, "tasks");
    this.walk = requireNonNull(walk, "walk");
  }

  /** Whether anything is due now; cheap. */
  public CompletableFuture<Boolean> isDue() {
    return store.read(
        tx -> {
          Instant now = clock.instant();
          return DueTasks.isDue(tx, now, calendar.instant()) || walk.isDue(tx, now);
        });
  }

  /** Moves one page of each kind of due tasks; true when a page was full. */
  public CompletableFuture<Boolean> sweep() {
    return store
        .write(
            Urgency.CARRY,
            tx -> {
              Instant now = clock.instant();
              DueTasks.Moved moved = tasks.move(tx, now, calendar.instant());
              boolean walked = walk.step(tx, now);
              return new DueTasks.Moved(moved.expired(), moved.more() || walked);
            })
        .thenApply(
            moved -> {
              counters.expired(moved.expired());
              return moved.more();
            });
  }

  /**
   * Removes tasks that were over for longer than {@code age}, with their texts, one page of them.
   *
   * @param afterSeq where the last page ended; 0 to begin
   */
  public CompletableFuture<Pruned> prune(Duration age, long afterSeq) {
    return store.write(
        Urgency.CARRY, tx -> DueTasks.prune(tx, clock.instant().minus(age), afterSeq));
  }

  /**
   * Begins to remove batches that ended longer than {@code age} ago, with their tasks, one page of
   * them. {@link #sweep} goes on with it.
   */
  public CompletableFuture<BatchWalk.Pruned> pruneBatches(Duration age) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          return BatchWalk.prune(tx, now.minus(age), now);
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
          Instant cutoff = new IdempotencyKeys(settings.keyRetention()).cutoff(now);
          tx.stats().prune(now.minus(Metrics.RETENTION), PAGE);
          var unused = tx.counts().fold(PAGE);
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
