package dev.baton.http.in.api;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One thread, {@code baton-background}, for the few replies that are too slow for an I/O thread,
 * such as a file from the jar. It ends when it has had nothing to do for a while. Thread-safe.
 */
public final class Background {
  private static final int LINE_MAX = 100;
  private static final long IDLE_SECONDS = 30;
  private static final ThreadPoolExecutor THREAD = create();

  private Background() {}

  private static ThreadPoolExecutor create() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LINE_MAX),
            task -> {
              Thread thread = new Thread(task, "baton-background");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** The reply that {@code work} makes; refused as {@code OVERLOADED} when too many wait. */
  public static Reply reply(Supplier<Reply> work) {
    try {
      return Reply.later(CompletableFuture.supplyAsync(work, THREAD));
    } catch (RejectedExecutionException e) {
      throw new BatonException(ErrorCode.OVERLOADED, "too many such requests wait; try again", e);
    }
  }
}
