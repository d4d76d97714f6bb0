package dev.baton.core.port;

import com.google.common.collect.Multiset;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps everything durably. Work is handed over as a function of a {@link Transaction} and happens
 * entirely or not at all; the store may run many such works between two flushes of the disk.
 *
 * <p>A write's future completes only after what it wrote survives a crash of the process, the
 * system and the power supply (unless the store was opened for less).
 *
 * <p><b>Isolation.</b> Every store keeps this much, and works rely on no more:
 *
 * <ul>
 *   <li>A task, a gate or another row that a writing work was given to change ({@link
 *       TaskRows#find}, {@link TaskRows#nextReady}, {@link GateRows#lock} …) is as it was committed
 *       last, and stays so until the work ends, but for what the work does itself. Two works that
 *       change the same row run one after the other.
 *   <li>A work sees all that was committed by works whose futures had completed when it was handed
 *       over. What others commit while it runs it may see or not.
 *   <li>Numbers (of tasks, batches, events) rise in the order of commits for whoever reads them by
 *       {@link EventRows#after}, and may have gaps. Counts are sums, see {@link CountRows}.
 * </ul>
 *
 * A store may do better: SQLite and the store in memory run all writing works one after the other,
 * number without gaps between commits, and keep sums in one row.
 *
 * <p><b>Works</b> must be quick, touch nothing but the transaction, and bear being run twice: a
 * store may roll a transaction back and run its works again. A work that throws leaves no trace,
 * and its future completes with what it threw.
 *
 * <p><b>Threads:</b> safe for concurrent use; never blocks the caller. Futures complete on a thread
 * of the store's: whatever is chained to them must be short and must not block.
 *
 * <p><b>Errors:</b> futures complete with a {@link BatonException} of {@link
 * ErrorCode#STORE_UNAVAILABLE} when the outcome is unknown (repeat, or read back), of {@link
 * ErrorCode#STORAGE_FULL} or {@link ErrorCode#OVERLOADED} when nothing was stored.
 *
 * <p>Implementations pass {@code StoreContract}.
 */
public interface Store extends AutoCloseable {

  /** Runs {@code work} in a transaction that may write. */
  <R> CompletableFuture<R> write(Urgency urgency, Work<R> work);

  /**
   * Runs {@code work} in a transaction that may write, as {@link #write(Urgency, Work)} does.
   *
   * @param touches what the work will look at, where it is known: a store with several writers
   *     fetches and locks it for many works at once
   */
  default <R> CompletableFuture<R> write(Urgency urgency, Touches touches, Work<R> work) {
    return write(urgency, new Touching<>(touches, work));
  }

  /**
   * Runs {@code work} on one consistent snapshot, at least as new as the last write that completed
   * before the call; what it writes fails.
   */
  <R> CompletableFuture<R> read(Work<R> work);

  /** Adds a listener for work that became ready, in this process or another. */
  void addReadyListener(ReadyListener listener);

  /** Adds a listener for what was logged in this process. */
  void addEventListener(EventListener listener);

  /**
   * Whether another process may write while this one does; if none may, what was begun and not
   * finished before this one opened the store is nobody's.
   */
  default boolean isShared() {
    return true;
  }

  /** Finishes what was handed over, then closes; safe to call twice. */
  @Override
  void close();

  /** What to do with a transaction. */
  @FunctionalInterface
  interface Work<R> {
    R in(Transaction transaction);

    /** What it will look at, as far as it is known beforehand: a hint, which need not be whole. */
    default Touches touches() {
      return Touches.NOTHING;
    }
  }

  /** Tasks that a work will look at; they need not exist. */
  record Touches(List<TaskRef> tasks) {
    public static final Touches NOTHING = new Touches(List.of());

    public Touches {
      tasks = List.copyOf(tasks);
    }

    public static Touches of(TenantId tenant, TaskId id) {
      return new Touches(List.of(new TaskRef(tenant, id)));
    }

    /** A task's name, which is unique within its tenant. */
    public record TaskRef(TenantId tenant, TaskId id) {}
  }

  /** A work with what it said that it will look at. */
  record Touching<R>(Touches touches, Work<R> work) implements Work<R> {
    @Override
    public R in(Transaction transaction) {
      return work.in(transaction);
    }
  }

  /** What is refused first when more is asked than the store can do. */
  enum Urgency {
    /** New work: refused first, and while the disk is nearly full. */
    SUBMIT,
    /** Work under way: leases, heartbeats, answers. */
    CARRY
  }

  /** Is told, after the commit, where tasks became ready; a hint, which may come twice or late. */
  @FunctionalInterface
  interface ReadyListener {
    void onReady(Multiset<Line> lines);
  }

  /**
   * Is told, after the commit and after the writers' futures, what was logged, in order. A hint
   * like the other: it may get lost, and what another process or a foreign transaction logged is
   * not told. Called on a thread of the store's, so it must be short.
   */
  @FunctionalInterface
  interface EventListener {
    void onEvents(List<LoggedEvent> events);
  }

  /** One tenant's queue. */
  record Line(TenantId tenant, QueueName queue) {}
}
