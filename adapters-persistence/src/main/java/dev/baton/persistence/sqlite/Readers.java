package dev.baton.persistence.sqlite;

import com.google.common.base.Suppliers;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.port.Store.Work;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
import dev.baton.persistence.sql.SqlTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * A few threads, each with a connection of its own, that run works on snapshots. The line before
 * them is bounded; when it is full, a read is refused.
 */
final class Readers implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int LINE_MAX = 10_000;
  private static final String CLOSED = "the store is closed";

  private final BlockingQueue<Pending<?>> line = new ArrayBlockingQueue<>(LINE_MAX);
  private final List<Thread> threads = new ArrayList<>(THREADS);
  private final Supplier<Reader> opener;
  private final Queue<Reader> opened = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  /** One thread's connection. */
  record Reader(Session session, SqlTransaction transaction) {}

  Readers(Supplier<Reader> opener) {
    this.opener = opener;
    for (int i = 1; i <= THREADS; i++) {
      Thread thread = new Thread(this::run, "baton-reader-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  <R> CompletableFuture<R> submit(Work<R> work) {
    Pending<R> pending = new Pending<>(work, new CompletableFuture<>());
    if (closing) {
      pending.fail(ErrorCode.STORE_UNAVAILABLE, CLOSED);
    } else if (!line.offer(pending)) {
      pending.fail(ErrorCode.OVERLOADED, "too many reads wait; try again");
    } else if (closing) {
      failWaiting();
    }
    return pending.future();
  }

  private void run() {
    Supplier<Reader> reader = Suppliers.memoize(this::open);
    try {
      while (!closing) {
        runOne(line.take(), reader);
      }
    } catch (InterruptedException e) {
      // The end of the thread; the flag is for whoever runs on it next, which is nobody.
      Thread.currentThread().interrupt();
    }
  }

  /** Its connection is opened by a thread's first work, and closed with the others. */
  private Reader open() {
    Reader reader = opener.get();
    opened.add(reader);
    return reader;
  }

  private <R> void runOne(Pending<R> pending, Supplier<Reader> reader) {
    try {
      pending.future().complete(inTransaction(pending.work(), reader.get()));
    } catch (RuntimeException | Error e) {
      pending.future().completeExceptionally(answer(e));
    }
  }

  private static Throwable answer(Throwable e) {
    boolean ofTheFile = SqlFailure.in(e).isPresent() || e instanceof StoreRefusedException;
    return ofTheFile
        ? new BatonException(ErrorCode.STORE_UNAVAILABLE, "the store can't be read", e)
        : e;
  }

  private static <R> R inTransaction(Work<R> work, Reader reader) {
    reader.session().execute("BEGIN");
    try {
      reader.transaction().begin();
      R result = work.in(reader.transaction());
      reader.session().execute("COMMIT");
      return result;
    } catch (RuntimeException | Error e) {
      reader.session().rollbackAfter(e);
      throw e;
    }
  }

  @Override
  public void close() {
    closing = true;
    for (Thread thread : threads) {
      thread.interrupt();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      opened.forEach(reader -> reader.session().close());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    failWaiting();
  }

  private void failWaiting() {
    for (Pending<?> next = line.poll(); next != null; next = line.poll()) {
      next.fail(ErrorCode.STORE_UNAVAILABLE, CLOSED);
    }
  }

  private record Pending<R>(Work<R> work, CompletableFuture<R> future) {
    void fail(ErrorCode code, String message) {
      future.completeExceptionally(new BatonException(code, message));
    }
  }
}
