package dev.baton.core.runtime;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where the rows of batches are read: a thread named {@code baton-rows}, two when there is much to
 * read, made when they are needed and ended when they are not. Refuses what comes when {@value
 * #LINE_MAX} inputs wait.
 */
public final class RowThreads implements Executor, AutoCloseable {
  private static final int THREADS = 2;
  private static final int LINE_MAX = 100;
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  public RowThreads() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LINE_MAX),
            task -> {
              Thread thread = new Thread(task, "baton-rows");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** Takes nothing more; what waits or runs finds the store closed and ends by itself. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
