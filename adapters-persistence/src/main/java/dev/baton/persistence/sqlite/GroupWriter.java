package dev.baton.persistence.sqlite;

import com.google.common.collect.Multiset;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.port.Store.Line;
import dev.baton.core.port.Store.Work;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.sql.SqlTransaction;
import dev.baton.persistence.sqlite.disk.SqliteFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The only thread that writes. It takes all works that wait, runs them in one transaction, flushes
 * once, and then tells their callers: while one group is being flushed the next one gathers, so the
 * busier the store, the more works share a flush ("group commit", DeWitt et al., SIGMOD 1984).
 *
 * <p>A work that throws before it wrote anything just fails. One that had begun to write has the
 * group rolled back and run again, each work behind a savepoint of its own.
 */
final class GroupWriter implements AutoCloseable {
  /** Works in one transaction: more would make the first of them wait too long. */
  private static final int GROUP_MAX = 512;

  private static final System.Logger LOG = System.getLogger(GroupWriter.class.getName());

  private final Session session;
  private final SqlTransaction transaction;
  private final Checkpointer checkpointer;
  private final FileWatch files;
  private final Listener listener;
  private final ConcurrentLinkedQueue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final Thread thread;
  private volatile boolean idle;
  private volatile boolean closing;
  private volatile boolean ended;
  private volatile @Nullable BatonException broken;

  /** Hears of what the writer did, on the writer's thread. */
  interface Listener {
    /** After a commit that made tasks ready. */
    void onReady(Multiset<Line> lines);

    /** After a commit: what it logged may be asked of {@code transaction}. */
    void onCommit(SqlTransaction transaction);

    /** After a commit that paused or resumed a queue. */
    void onPaused(Set<Line> paused);

    /** SQLite found no room; nothing was written. */
    void onDiskFull();

    /** The disk or the file is broken: nothing will be written any more. */
    void onBroken(Throwable cause);
  }

  GroupWriter(
      Session session,
      SqlTransaction transaction,
      Checkpointer checkpointer,
      FileWatch files,
      Listener listener) {
    this.files = files;
    this.session = session;
    this.transaction = transaction;
    this.checkpointer = checkpointer;
    this.listener = listener;
    this.thread = new Thread(this::run, "baton-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** How many works wait or run. */
  int size() {
    return size.get();
  }

  <R> CompletableFuture<R> submit(Work<R> work) {
    Pending<R> pending = new Pending<>(work);
    if (closing) {
      pending.fail(closed());
      return pending.future;
    }
    size.incrementAndGet();
    waiting.add(pending);
    if (ended) {
      // It came between the thread's last look and its end.
      failWaiting();
    } else if (idle) {
      LockSupport.unpark(thread);
    }
    return pending.future;
  }

  private void run() {
    List<Pending<?>> group = new ArrayList<>(GROUP_MAX);
    while (true) {
      gather(group);
      if (!group.isEmpty()) {
        runGroup(group);
        size.addAndGet(-group.size());
        group.clear();
      } else if (closing) {
        break;
      } else {
        rest();
      }
      if (broken == null) {
        checkpointer.maybe(this::onFailure);
        watchFiles();
      }
    }
    if (broken == null) {
      checkpointer.last(this::onFailure);
      session.close();
    }
    // Else even closing would write: the log stays as it is, for the next start to read.
    ended = true;
    failWaiting();
  }

  /** Looks now and then; a group's end looks by itself, before anybody is told. */
  private void watchFiles() {
    try {
      files.lookNowAndThen();
    } catch (StoreRefusedException e) {
      var unused = stop(e, e.getMessage());
    }
  }

  private void rest() {
    idle = true;
    if (waiting.isEmpty() && !closing) {
      LockSupport.parkNanos(this, Checkpointer.INTERVAL.toNanos());
    }
    idle = false;
  }

  private void gather(List<Pending<?>> group) {
    while (group.size() < GROUP_MAX) {
      Pending<?> next = waiting.poll();
      if (next == null) {
        return;
      }
      group.add(next);
    }
  }

  private void runGroup(List<Pending<?>> group) {
    BatonException why = broken;
    if (why != null) {
      group.forEach(pending -> pending.fail(why));
      return;
    }
    try {
      if (!attempt(group, false)) {
        attempt(group, true);
      }
      files.look();
    } catch (StoreRefusedException e) {
      RuntimeException answer = stop(e, e.getMessage());
      group.forEach(pending -> pending.fail(answer));
      return;
    } catch (RuntimeException | Error e) {
      // Whatever it is, the callers hear of it and the thread lives on: nobody else writes.
      session.rollbackAfter(e);
      transaction.rolledBack();
      RuntimeException answer = onFailure(e);
      group.forEach(pending -> pending.fail(answer));
      return;
    }
    // Before the callers: what they read next must know of it.
    transaction.pausedHere().ifPresent(listener::onPaused);
    for (Pending<?> pending : group) {
      pending.publish();
    }
    tellListeners();
  }

  private void tellListeners() {
    try {
      listener.onCommit(transaction);
      if (!transaction.readied().isEmpty()) {
        listener.onReady(transaction.readied());
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
    }
  }

  /** Runs and commits the group; false when it was rolled back and must be run one by one. */
  private boolean attempt(List<Pending<?>> group, boolean savepoints) {
    session.execute("BEGIN IMMEDIATE");
    transaction.begin();
    for (Pending<?> pending : group) {
      long writesBefore = transaction.writes();
      SqlTransaction.Mark mark = savepoints ? transaction.mark() : null;
      if (savepoints) {
        session.execute("SAVEPOINT work");
      }
      pending.run(transaction);
      pending.error().ifPresent(session::forgetStatementsAfter);
      boolean failedHalfway = pending.failed() && transaction.writes() != writesBefore;
      if (failedHalfway && mark == null) {
        session.execute("ROLLBACK");
        transaction.rolledBack();
        return false;
      }
      if (mark != null) {
        if (failedHalfway) {
          session.execute("ROLLBACK TO work");
          transaction.resetTo(mark);
        }
        session.execute("RELEASE work");
      }
    }
    transaction.flush();
    session.execute("COMMIT");
    return true;
  }

  /** What to tell the callers of works that an error kept from being committed. */
  private RuntimeException onFailure(Throwable error) {
    return switch (SqliteFault.of(error)) {
      case NONE -> new IllegalStateException("the store has a bug; nothing was stored", error);
      case FULL -> {
        listener.onDiskFull();
        checkpointer.now();
        yield new BatonException(
            ErrorCode.STORAGE_FULL, "the disk is full; nothing was stored", error);
      }
      case BUSY ->
          new BatonException(
              ErrorCode.OVERLOADED,
              "another transaction holds the database; nothing was stored",
              error);
      case PERMISSION -> stop(error, "the database may not be written any more");
      case DAMAGED -> stop(error, "the database is damaged; the outcome is unknown");
      case IO -> stop(error, "the disk failed; the outcome is unknown");
    };
  }

  /**
   * Takes nothing more. After a failed write or flush nobody knows what the disk holds: no further
   * write may build on it, and only a restart, which reads the log anew, can tell (fsyncgate,
   * 2018).
   */
  private BatonException stop(Throwable error, @Nullable String message) {
    BatonException answer =
        new BatonException(ErrorCode.STORE_UNAVAILABLE, String.valueOf(message), error);
    broken = answer;
    listener.onBroken(error);
    return answer;
  }

  private void failWaiting() {
    for (Pending<?> next = waiting.poll(); next != null; next = waiting.poll()) {
      size.decrementAndGet();
      next.fail(closed());
    }
  }

  private static BatonException closed() {
    return new BatonException(ErrorCode.STORE_UNAVAILABLE, "the store is closed");
  }

  /** Runs what was submitted before, then ends the thread. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One work and its caller's future. */
  private static final class Pending<R> {
    private final Work<R> work;
    private final CompletableFuture<R> future = new CompletableFuture<>();
    private @Nullable R result;
    private @Nullable Throwable error;

    Pending(Work<R> work) {
      this.work = work;
    }

    void run(SqlTransaction transaction) {
      result = null;
      error = null;
      try {
        result = work.in(transaction);
      } catch (RuntimeException e) {
        if (SqliteFault.of(e) != SqliteFault.NONE) {
          throw e;
        }
        error = e;
      }
    }

    boolean failed() {
      return error != null;
    }

    Optional<Throwable> error() {
      return Optional.ofNullable(error);
    }

    void publish() {
      if (error != null) {
        future.completeExceptionally(error);
      } else {
        completeWith(result);
      }
    }

    @SuppressWarnings("NullAway") // A work returns what its caller expects, null included.
    private void completeWith(@Nullable R value) {
      future.complete(value);
    }

    void fail(Throwable why) {
      future.completeExceptionally(why);
    }
  }
}
