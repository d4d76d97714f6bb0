package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Multiset;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.port.Store.Line;
import dev.baton.core.port.Store.ReadyListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Who waits for work, longest first. A waiter is in line or being served, never both; one whose
 * serving found nothing goes back to the end. Thread-safe; no caller's code runs under the lock.
 */
final class Waiters implements ReadyListener {
  /** A bound on memory; whoever comes on top is answered at once that nothing is ready. */
  private static final int MAX = 100_000;

  private static final int HINT_SLOTS = 1_024;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<Line, LinkedHashSet<Waiter>> lines = new HashMap<>();

  @GuardedBy("lock")
  private final LinkedHashSet<Waiter> parked = new LinkedHashSet<>();

  /**
   * Hints so far, so that a waiter sees whether one came while it was asking. Lines share counts,
   * for there is no bound on their number: a hint for another line costs a look in vain.
   */
  @GuardedBy("lock")
  private final long[] hints = new long[HINT_SLOTS];

  private volatile boolean closed;

  /** One caller that waits for its answer until an instant. */
  static final class Waiter {
    private final LeaseRequest ask;
    private final LongPredicate room;
    private final Instant until;
    private final CompletableFuture<List<LeasedTask>> answer = new CompletableFuture<>();
    private volatile Consumer<Waiter> serve = waiter -> {};

    private Waiter(LeaseRequest ask, LongPredicate room, Instant until) {
      this.ask = ask;
      this.room = room;
      this.until = until;
    }

    LeaseRequest ask() {
      return ask;
    }

    LongPredicate room() {
      return room;
    }

    CompletableFuture<List<LeasedTask>> answer() {
      return answer;
    }
  }

  /** The waiter is not in line yet. */
  Waiter newWaiter(LeaseRequest ask, LongPredicate room, Instant until) {
    Waiter waiter = new Waiter(ask, room, until);
    // Also when its caller goes away: a line must not fill with the dead.
    var unused = waiter.answer.whenComplete((leased, error) -> remove(waiter));
    return waiter;
  }

  /** How many hints came for the lines of this ask: to be read before asking. */
  long hintsFor(LeaseRequest ask) {
    synchronized (lock) {
      return hintsLocked(ask);
    }
  }

  @GuardedBy("lock")
  private long hintsLocked(LeaseRequest ask) {
    long sum = 0;
    for (QueueName queue : ask.queues()) {
      sum += hints[slot(new Line(ask.tenant(), queue))];
    }
    return sum;
  }

  private static int slot(Line line) {
    return Math.floorMod(line.hashCode(), HINT_SLOTS);
  }

  /**
   * Puts the waiter in line, or serves it at once when a hint came after {@code seen}.
   *
   * @param serve asks for work again; not called under the lock
   */
  void park(Waiter waiter, long seen, Consumer<Waiter> serve) {
    waiter.serve = serve;
    boolean serveNow;
    boolean full = false;
    synchronized (lock) {
      serveNow = hintsLocked(waiter.ask) != seen;
      if (!serveNow) {
        full = closed || parked.size() >= MAX;
        if (!full && !waiter.answer.isDone()) {
          parked.add(waiter);
          for (QueueName queue : waiter.ask.queues()) {
            lines
                .computeIfAbsent(
                    new Line(waiter.ask.tenant(), queue), line -> new LinkedHashSet<>())
                .add(waiter);
          }
        }
      }
    }
    if (serveNow) {
      serve.accept(waiter);
    } else if (full) {
      waiter.answer.complete(List.of());
    } else if (waiter.answer.isDone()) {
      remove(waiter);
    }
  }

  @Override
  public void onReady(Multiset<Line> ready) {
    List<Waiter> woken = new ArrayList<>();
    synchronized (lock) {
      for (Multiset.Entry<Line> entry : ready.entrySet()) {
        Line readied = requireNonNull(entry.getElement());
        hints[slot(readied)]++;
        LinkedHashSet<Waiter> line = lines.get(readied);
        int room = entry.getCount();
        while (line != null && !line.isEmpty() && room > 0) {
          Waiter next = line.iterator().next();
          removeLocked(next);
          woken.add(next);
          room -= next.ask.max();
        }
      }
    }
    woken.forEach(waiter -> waiter.serve.accept(waiter));
  }

  /**
   * Serves the first of each line without a hint: one may have been lost with a call that failed,
   * or a task have become ready in a transaction that nobody told of.
   */
  void nudge() {
    Set<Waiter> first = new LinkedHashSet<>();
    synchronized (lock) {
      lines.values().forEach(line -> first.add(line.iterator().next()));
      first.forEach(this::removeLocked);
    }
    first.forEach(waiter -> waiter.serve.accept(waiter));
  }

  /** Serves up to {@code max} waiters, longest first: what kept tasks from all lines is over. */
  void wake(int max) {
    List<Waiter> woken;
    synchronized (lock) {
      woken = parked.stream().limit(max).toList();
      woken.forEach(this::removeLocked);
    }
    woken.forEach(waiter -> waiter.serve.accept(waiter));
  }

  /** Whether anybody waits for this queue's tasks now. */
  boolean isAwaited(Line line) {
    synchronized (lock) {
      return lines.containsKey(line);
    }
  }

  void endOverdue(Instant now) {
    List<Waiter> overdue = new ArrayList<>();
    synchronized (lock) {
      for (Waiter waiter : parked) {
        if (!waiter.until.isAfter(now)) {
          overdue.add(waiter);
        }
      }
    }
    overdue.forEach(waiter -> waiter.answer.complete(List.of()));
  }

  void close() {
    List<Waiter> all;
    synchronized (lock) {
      closed = true;
      all = List.copyOf(parked);
    }
    all.forEach(waiter -> waiter.answer.complete(List.of()));
  }

  boolean isClosed() {
    return closed;
  }

  int size() {
    synchronized (lock) {
      return parked.size();
    }
  }

  private void remove(Waiter waiter) {
    synchronized (lock) {
      removeLocked(waiter);
    }
  }

  @GuardedBy("lock")
  private void removeLocked(Waiter waiter) {
    if (parked.remove(waiter)) {
      for (QueueName queue : waiter.ask.queues()) {
        Line line = new Line(waiter.ask.tenant(), queue);
        LinkedHashSet<Waiter> waiting = lines.get(line);
        if (waiting != null && waiting.remove(waiter) && waiting.isEmpty()) {
          lines.remove(line);
        }
      }
    }
  }
}
