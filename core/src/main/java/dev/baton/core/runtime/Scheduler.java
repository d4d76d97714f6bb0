package dev.baton.core.runtime;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.usecase.Firings;
import dev.baton.core.usecase.ScheduledWork;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets schedules fire, and takes their runs from file to file. All reading and writing of files
 * happens here, one run after the other. One thread, named {@code baton-scheduler}, from {@link
 * #start} to {@link #close}.
 */
public final class Scheduler implements AutoCloseable {
  private static final long TICK_MILLIS = 500;

  private final Firings firings;
  private final ScheduledWork work;
  private final Consumer<BatonException> onRefusal;
  private final ScheduledExecutorService thread;
  private volatile boolean closing;
  private volatile boolean refused;
  private volatile Optional<String> lastError = Optional.empty();

  /**
   * @param onRefusal is told of what the store refused; the next tick tries again
   */
  public Scheduler(Firings firings, ScheduledWork work, Consumer<BatonException> onRefusal) {
    this.firings = requireNonNull(firings, "firings");
    this.work = requireNonNull(work, "work");
    this.onRefusal = requireNonNull(onRefusal, "onRefusal");
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread scheduler = new Thread(task, "baton-scheduler");
              scheduler.setDaemon(true);
              return scheduler;
            });
  }

  /** Begins to tick; call once. */
  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      runOnce();
    } catch (RuntimeException | Error e) {
      // A tick that throws would be the last one.
      refused(e);
    }
  }

  private void refused(Throwable e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    BatonException refusal =
        cause instanceof BatonException known
            ? known
            : new BatonException(ErrorCode.STORE_UNAVAILABLE, "the scheduler failed", e);
    refused = true;
    lastError = Optional.of(refusal.code() + ": " + refusal.getMessage());
    if (!closing) {
      onRefusal.accept(refusal);
    }
  }

  /** What the store refused since all went well last; empty when all is well. */
  public Optional<String> lastError() {
    return lastError;
  }

  /** Does all that can be done now; blocks until it is stored. */
  public void runOnce() {
    refused = false;
    fire();
    // Runs of these schedules have to wait for an earlier one.
    Set<Long> busy = new HashSet<>();
    List<Firings.Work> page = firings.open(0).join();
    while (!page.isEmpty() && !closing) {
      for (Firings.Work each : page) {
        boolean first = busy.add(each.schedule().seq());
        if (first || each.schedule().plan().rules().overlap() == Plan.Overlap.ALLOW) {
          step(each);
        }
      }
      page = firings.open(page.get(page.size() - 1).run().seq()).join();
    }
    if (!refused) {
      lastError = Optional.empty();
    }
  }

  private void fire() {
    while (!closing && firings.fire().join()) {
      // Page after page.
    }
  }

  private void step(Firings.Work each) {
    if (closing) {
      return;
    }
    try {
      work.step(each);
    } catch (BatonException e) {
      // This run has to wait, the others need not.
      refused(e);
    }
    // A long step must not make the others late.
    fire();
  }

  /** Ends the thread, letting a running step finish for a while; what is left goes on later. */
  @Override
  public void close() {
    closing = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
