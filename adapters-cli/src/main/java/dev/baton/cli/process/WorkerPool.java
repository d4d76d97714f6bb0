package dev.baton.cli.process;

import dev.baton.cli.shared.StopSignal;
import dev.baton.core.client.TaskClient;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Several workers, each on a thread of its own named {@code baton-work-N}, from {@link #start} to
 * {@link #close}. One that fails for good ends the others, too.
 */
public final class WorkerPool implements AutoCloseable {
  private final StopSignal stop = new StopSignal();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final StopSignal.Busy busy;
  private final ExecutorService threads;
  private final Programs programs;

  private WorkerPool(StopSignal outer, ExecutorService threads, Programs programs) {
    this.threads = threads;
    this.programs = programs;
    this.busy = outer.busy(stop::stop);
  }

  /**
   * Starts {@code count} workers, which end when {@code outer} is given.
   *
   * @param server stays open until the pool is closed
   */
  public static WorkerPool start(
      TaskClient server, WorkOptions options, WorkLog log, StopSignal outer, int count) {
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            count, task -> new Thread(task, "baton-work-" + number.incrementAndGet()));
    WorkerPool pool = new WorkerPool(outer, threads, Programs.open());
    for (int i = 0; i < count; i++) {
      threads.execute(() -> pool.run(server, options, log));
    }
    threads.shutdown();
    return pool;
  }

  private void run(TaskClient server, WorkOptions options, WorkLog log) {
    try {
      new ProgramWorker(server, options, log, stop, programs).run();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      stop.stop();
    }
  }

  /** Why the workers gave up; empty while they work and when they ended as they should. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Waits until all workers have ended; throws what made them give up. */
  public void await() throws InterruptedException {
    boolean ended;
    do {
      ended = threads.awaitTermination(1, TimeUnit.HOURS);
    } while (!ended);
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  /** Ends the workers: programs are killed, their prompts given back. */
  @Override
  public void close() {
    stop.stop();
    try {
      if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    try {
      programs.close();
    } finally {
      busy.close();
    }
  }
}
