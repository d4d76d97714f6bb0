package dev.baton.core.testing;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.port.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A {@link Store} for tests, in memory. Works run one after the other on the threads of their
 * callers, so futures are complete when they are returned, and a test of one thread is
 * deterministic. Listeners are told after the commit and outside the lock: they may call the store.
 *
 * <p>Simple rather than fast: lists are found by looking at every task. Thread-safe.
 */
public final class InMemoryStore implements Store {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<ReadyListener> listeners = new CopyOnWriteArrayList<>();
  private final List<EventListener> eventListeners = new CopyOnWriteArrayList<>();

  @GuardedBy("lock")
  private final MemoryTables tables = new MemoryTables();

  @GuardedBy("lock")
  private boolean closed;

  @Override
  public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
    Multiset<Line> readied = HashMultiset.create();
    List<LoggedEvent> logged = new ArrayList<>();
    CompletableFuture<R> outcome = run(work, readied, logged, true);
    if (!logged.isEmpty()) {
      List<LoggedEvent> told = List.copyOf(logged);
      eventListeners.forEach(listener -> listener.onEvents(told));
    }
    if (!readied.isEmpty()) {
      Multiset<Line> told = ImmutableMultiset.copyOf(readied);
      listeners.forEach(listener -> listener.onReady(told));
    }
    return outcome;
  }

  @Override
  public <R> CompletableFuture<R> read(Work<R> work) {
    return run(work, HashMultiset.create(), new ArrayList<>(), false);
  }

  /** Runs the work; {@code readied} and {@code logged} are filled only when it is committed. */
  private <R> CompletableFuture<R> run(
      Work<R> work, Multiset<Line> readied, List<LoggedEvent> logged, boolean writable) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a work touches nothing but its transaction");
    }
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(
            new BatonException(ErrorCode.STORE_UNAVAILABLE, "the store is closed"));
      }
      long lastEvent = tables.lastEvent;
      UndoLog undo = new UndoLog();
      MemoryTransaction transaction = new MemoryTransaction(tables, undo, writable);
      try {
        R result = work.in(transaction);
        readied.addAll(transaction.readied());
        tables.events.stream().filter(event -> event.number() > lastEvent).forEach(logged::add);
        return CompletableFuture.completedFuture(result);
      } catch (RuntimeException | Error e) {
        undo.rollback();
        return CompletableFuture.failedFuture(e);
      } finally {
        transaction.end();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A copy of all that is stored, by table: two are equal when nothing was stored between them. Of
   * numbers that are given out only those count that are taken back with their transaction.
   */
  public Map<String, Object> contents() {
    lock.lock();
    try {
      return tables.contents();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void addReadyListener(ReadyListener listener) {
    listeners.add(listener);
  }

  @Override
  public void addEventListener(EventListener listener) {
    eventListeners.add(listener);
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
