package dev.baton.core.usecase.upkeep;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.runtime.Loop;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.task.Leasing;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Keeps time: every tick it ends the waits that are over, and moves what is due; now and then it
 * removes keys and figures that are too old to be asked for. One thread, named {@code
 * baton-sweeper}, from {@link #start} to {@link #close}.
 */
public final class Sweeper implements AutoCloseable {
  /** How late a lease expiry, a start or the end of a wait may be noticed, when nothing is busy. */
  private static final Duration TICK = Duration.ofMillis(50);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private static final int PAGES_PER_TICK_MAX = 20;

  /** Hints are only hints: about once a second the waiting ask without one. */
  private static final int TICKS_PER_NUDGE = 20;

  /** About once a minute, and at the start: what has to go is a day old and more. */
  private static final int TICKS_PER_TIDYING = 1_200;

  private final Upkeep upkeep;
  private final Leasing leasing;
  private final Models models;
  private final Loop loop;

  /** Only touched by the thread. */
  private long ticks;

  /**
   * @param onRefusal is told of a sweep that the store refused; the next tick tries again
   */
  public Sweeper(
      Upkeep upkeep, Leasing leasing, Models models, Consumer<BatonException> onRefusal) {
    this.upkeep = requireNonNull(upkeep, "upkeep");
    this.leasing = requireNonNull(leasing, "leasing");
    this.models = requireNonNull(models, "models");
    requireNonNull(onRefusal, "onRefusal");
    this.loop =
        new Loop("baton-sweeper", TICK, this::tick, thrown -> onRefusal.accept(refusal(thrown)));
  }

  /** Begins to tick; call once. */
  public void start() {
    loop.start();
  }

  private void tick() {
    runOnce();
    if (ticks % TICKS_PER_TIDYING == 0) {
      tidy();
    }
    ticks++;
    if (ticks % TICKS_PER_NUDGE == 0) {
      leasing.nudgeWaits();
    }
  }

  private static BatonException refusal(Throwable e) {
    return e instanceof CompletionException && e.getCause() instanceof BatonException refusal
        ? refusal
        : new BatonException(ErrorCode.STORE_UNAVAILABLE, "the sweep failed", e);
  }

  /** Does all that is due now, up to a bound of pages; blocks until it is stored. */
  public void runOnce() {
    leasing.endOverdueWaits();
    if (models.endPauses().join() > 0) {
      leasing.wakeWaits();
    }
    if (!upkeep.isDue().join()) {
      return;
    }
    for (int page = 0; page < PAGES_PER_TICK_MAX && upkeep.sweep().join(); page++) {}
  }

  private void tidy() {
    for (int page = 0; page < PAGES_PER_TICK_MAX && upkeep.pruneKeys().join() > 0; page++) {}
  }

  /** Ends the thread, letting a running tick finish. */
  @Override
  public void close() {
    loop.close(CLOSE_PATIENCE);
  }
}
