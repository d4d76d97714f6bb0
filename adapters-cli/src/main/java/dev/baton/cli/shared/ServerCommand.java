package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that works on a database file or through a server, and speaks text or JSON. */
public abstract class ServerCommand implements Callable<Integer> {
  protected final CliContext context;

  @Mixin protected final Where where = new Where();
  @Mixin protected final Output console = new Output();

  /** How any of them may end, beside what it says itself. */
  public static final Map<String, String> EXIT_CODES =
      ExitCodes.map(
          ExitCodes.USAGE_LINE,
          ExitCodes.NO_INPUT_LINE,
          ExitCodes.UNAVAILABLE_LINE,
          ExitCodes.IN_USE_LINE,
          ExitCodes.REFUSED_LINE);

  protected ServerCommand(CliContext context) {
    this.context = requireNonNull(context, "context");
  }
}
