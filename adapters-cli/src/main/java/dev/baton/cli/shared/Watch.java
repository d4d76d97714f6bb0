package dev.baton.cli.shared;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Shows something once, or again and again until the process is told to end. */
public final class Watch {
  private static final String CLEARED = "\u001b[H\u001b[2J";

  @Option(
      names = "--watch",
      paramLabel = "DURATION",
      arity = "0..1",
      fallbackValue = "2s",
      description = "Show it again every so often until interrupted (default: every 2s).")
  private Optional<Duration> every = Optional.empty();

  @Option(
      names = "--watch-for",
      paramLabel = "DURATION",
      description = "With --watch: end after this time.")
  private Optional<Duration> howLong = Optional.empty();

  /** What is shown; it may be asked many times. */
  @FunctionalInterface
  public interface Picture {
    void show();
  }

  /** Whether it is to be shown more than once. */
  public boolean isWanted() {
    return every.isPresent();
  }

  /** Shows {@code picture} as often as the options say. */
  public void show(CliContext context, Output console, Picture picture)
      throws InterruptedException {
    if (every.isEmpty()) {
      if (howLong.isPresent()) {
        throw CommandFailure.usage("--watch-for goes with --watch");
      }
      picture.show();
      return;
    }
    Duration pause = every.get();
    if (pause.isZero()) {
      throw CommandFailure.usage("--watch takes a time above zero, such as 2s");
    }
    Optional<Duration> left = howLong;
    boolean goesOn;
    do {
      if (context.terminal().draws() && !console.json()) {
        console.printRaw(CLEARED);
      }
      picture.show();
      console.out().flush();
      left = left.map(time -> time.minus(pause));
      goesOn = left.filter(time -> time.isNegative() || time.isZero()).isEmpty();
      // Whoever read it is gone, or it can't be written.
      goesOn &= !console.out().checkError();
    } while (goesOn && !context.terminal().stop().await(pause));
  }
}
