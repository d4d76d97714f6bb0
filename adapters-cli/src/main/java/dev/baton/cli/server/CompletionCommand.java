package dev.baton.cli.server;

import static java.util.Objects.requireNonNull;

import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Output;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton completion}. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options in bash and zsh.",
      "",
      "Put this into ~/.bashrc or ~/.zshrc: source <(baton completion)"
    },
    exitCodeList = {"0:printed", ExitCodes.USAGE_LINE})
public final class CompletionCommand implements Callable<Integer> {
  private final Supplier<CommandLine> whole;

  @Mixin private final Output console = new Output();

  /**
   * @param whole makes the command line with all its commands
   */
  public CompletionCommand(Supplier<CommandLine> whole) {
    this.whole = requireNonNull(whole, "whole");
  }

  @Override
  public Integer call() {
    console.printRaw(AutoComplete.bash("baton", whole.get()));
    return ExitCodes.OK;
  }
}
