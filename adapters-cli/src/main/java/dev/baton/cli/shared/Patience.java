package dev.baton.cli.shared;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Repeats calls while their server is away or too busy, so that long work outlives a restart of it.
 * A server that never answered is given no second chance: its address is probably wrong. For one
 * thread.
 */
public final class Patience {
  private static final Duration PAUSE_MIN = Duration.ofMillis(250);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(10);
  private static final Duration AWAY_MAX = Duration.ofMinutes(10);
  private static final int TRIES_WHEN_STOPPED = 3;

  private final StopSignal stop;
  private final Consumer<String> say;
  private boolean answered;

  public Patience(StopSignal stop, Consumer<String> say) {
    this.stop = stop;
    this.say = say;
  }

  /** Makes a call that is pointless once the stop signal is given. */
  public <T> T ask(Supplier<T> call) {
    return repeat(call, 1);
  }

  /** Makes a call that tells what was done, and that is worth some tries also when stopping. */
  public <T> T tell(Supplier<T> call) {
    return repeat(call, TRIES_WHEN_STOPPED);
  }

  private <T> T repeat(Supplier<T> call, int triesWhenStopped) {
    long start = System.nanoTime();
    Duration pause = PAUSE_MIN;
    for (int tries = 1; ; tries++) {
      try {
        T answer = call.get();
        answered = true;
        return answer;
      } catch (BatonException e) {
        boolean tooLong = System.nanoTime() - start > AWAY_MAX.toNanos();
        boolean over = stop.isStopped() && tries >= triesWhenStopped;
        if (!mayPass(e.code()) || !answered || tooLong || over) {
          throw e;
        }
        if (tries == 1) {
          say.accept(e.getMessage() + "; trying again");
        }
      }
      rest(pause);
      pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }
  }

  private void rest(Duration pause) {
    try {
      boolean unused = stop.await(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.stop();
    }
  }

  /** Whether such a refusal may be gone a little later. */
  public static boolean mayPass(ErrorCode code) {
    return Failures.exitCode(code) == ExitCodes.UNAVAILABLE;
  }
}
