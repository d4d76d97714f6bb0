package dev.baton.persistence.sqlite.disk;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a database file is taken into possession, which one process at a time can do.
 *
 * @param holder what others are told of who has it, such as {@code baton serve}
 * @param lasting whether it is kept for long: then others are refused at once instead of waiting
 * @param patience how long to wait for a possession that is not lasting, anew for each one; zero:
 *     not at all
 * @param onWaiting is told, once, after a second of waiting, who has it
 */
public record Turn(String holder, boolean lasting, Duration patience, Consumer<String> onWaiting) {
  /** For a server or a program that embeds Baton. */
  public static final Turn EMBEDDED = lasting("a program");

  public Turn {
    checkArgument(!holder.isBlank() && !holder.contains("\n"), "holder is one line");
    checkArgument(!patience.isNegative(), "patience is not negative");
    requireNonNull(onWaiting, "onWaiting");
  }

  /** A possession for long, which waits for short ones up to five seconds. */
  public static Turn lasting(String holder) {
    return new Turn(holder, true, Duration.ofSeconds(5), holding -> {});
  }
}
