package dev.baton.core.usecase.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.runtime.Loop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Lets schedules fire, and takes their runs from file to file. All reading and writing of files
 * happens here, one run after the other. Two threads, both named {@code baton-scheduler}, from
 * {@link #start} to {@link #close}: one lets schedules fire, so that no long file makes them late.
 */
public final class Scheduler implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final Firings firings;
  private final ScheduledWork work;
  private final Consumer<BatonException> onRefusal;
  private final Loop firing;
  private final Loop working;
  private volatile boolean closing;
  private volatile Optional<String> firingError = Optional.empty();
  private volatile Optional<String> workError = Optional.empty();

  /**
   * @param onRefusal is told of what the store refused; the next tick tries again
   */
  public Scheduler(Firings firings, ScheduledWork work, Consumer<BatonException> onRefusal) {
    this.firings = requireNonNull(firings, "firings");
    this.work = requireNonNull(work, "work");
    this.onRefusal = requireNonNull(onRefusal, "onRefusal");
    firing = loop(() -> firingError = fire(), error -> firingError = error);
    working = loop(() -> workError = work(), error -> workError = error);
  }

  private Loop loop(Runnable round, Consumer<Optional<String>> onError) {
    return new Loop(
        "baton-scheduler", TICK, round, thrown -> onError.accept(Optional.of(refused(thrown))));
  }

  /** Begins to tick; call once. */
  public void start() {
    firing.start();
    working.start();
  }

  private String refused(Throwable e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    BatonException refusal =
        cause instanceof BatonException known
            ? known
            : new BatonException(ErrorCode.STORE_UNAVAILABLE, "the scheduler failed", e);
    if (!closing) {
      onRefusal.accept(refusal);
    }
    return refusal.code() + ": " + refusal.getMessage();
  }

  /** What the store refused last; empty when all has gone well since. */
  public Optional<String> lastError() {
    return firingError.or(() -> workError);
  }

  /** Does all that can be done now, on the caller's thread; blocks until it is stored. */
  public void runOnce() {
    firingError = fire();
    workError = work();
  }

  private Optional<String> fire() {
    while (!closing && firings.fire().join()) {
      // Page after page.
    }
    return Optional.empty();
  }

  /** Takes each run a step further, and returns the last refusal that one has to wait for. */
  private Optional<String> work() {
    Optional<String> error = Optional.empty();
    // Runs of these schedules have to wait for an earlier one.
    Set<Long> busy = new HashSet<>();
    List<Firings.OpenRun> page = firings.open(0).join();
    while (!page.isEmpty() && !closing) {
      for (Firings.OpenRun each : page) {
        boolean first = busy.add(each.schedule().seq());
        if (first || each.schedule().plan().rules().overlap() == Plan.Overlap.ALLOW) {
          Optional<String> refusal = step(each);
          error = refusal.isPresent() ? refusal : error;
        }
      }
      page = firings.open(page.get(page.size() - 1).run().seq()).join();
    }
    return error;
  }

  private Optional<String> step(Firings.OpenRun each) {
    try {
      if (!closing) {
        work.step(each);
      }
      return Optional.empty();
    } catch (BatonException e) {
      // This run has to wait, the others need not.
      return Optional.of(refused(e));
    }
  }

  /** Ends the threads, letting a running step finish for a while; what is left goes on later. */
  @Override
  public void close() {
    closing = true;
    firing.close(CLOSE_PATIENCE);
    working.close(CLOSE_PATIENCE);
  }
}
