package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A command that works on a database file or through a server, and speaks text or JSON. */
public abstract class ServerCommand implements Callable<Integer> {
  protected final CliContext context;
  private final Optional<Words> words;

  @Mixin protected final Where where = new Where();
  @Mixin protected final Output console = new Output();

  /** How any of them may end, beside what it says itself. */
  private static final Map<String, String> EXIT_CODES =
      ExitCodes.map(
          ExitCodes.USAGE_LINE,
          ExitCodes.NO_INPUT_LINE,
          ExitCodes.UNAVAILABLE_LINE,
          ExitCodes.IN_USE_LINE,
          ExitCodes.REFUSED_LINE);

  protected ServerCommand(CliContext context) {
    this(context, Optional.empty());
  }

  /** A command of a class that stands for several. */
  protected ServerCommand(CliContext context, Words words) {
    this(context, Optional.of(words));
  }

  private ServerCommand(CliContext context, Optional<Words> words) {
    this.context = requireNonNull(context, "context");
    this.words = words;
  }

  /**
   * What a command says of itself where its class can't, because it stands for several.
   *
   * @param exitCodes how it may end, beside {@link #EXIT_CODES}
   */
  public record Words(String description, Map<String, String> exitCodes) {

    public static Words of(String description, String... exitCodes) {
      return new Words(description, ExitCodes.map(exitCodes));
    }
  }

  /** Completes its help. */
  public void describe(CommandSpec spec) {
    UsageMessageSpec help = spec.usageMessage();
    Map<String, String> codes = new TreeMap<>(Comparator.comparingInt(Integer::parseInt));
    codes.putAll(EXIT_CODES);
    codes.putAll(help.exitCodeList());
    words.ifPresent(
        said -> {
          help.description(said.description());
          codes.putAll(said.exitCodes());
        });
    help.exitCodeList(codes);
  }
}
