package dev.baton.cli.server;

import static java.util.Objects.requireNonNull;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Output;
import dev.baton.cli.terminal.FishCompletion;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton completion}. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options in bash, zsh or fish.",
      "",
      "In ~/.bashrc: source <(baton completion bash)",
      "",
      "In ~/.zshrc, after compinit: source <(baton completion zsh)",
      "",
      "In ~/.config/fish/config.fish: baton completion fish | source"
    },
    exitCodeList = {"0:printed", ExitCodes.USAGE_LINE})
public final class CompletionCommand implements Callable<Integer> {
  private static final String NAME = "baton";

  private final Supplier<CommandLine> whole;

  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "bash, zsh or fish (default: ${DEFAULT-VALUE}).")
  private String shell = "bash";

  @Mixin private final Output console = new Output();

  /**
   * @param whole makes the command line with all its commands
   */
  public CompletionCommand(Supplier<CommandLine> whole) {
    this.whole = requireNonNull(whole, "whole");
  }

  @Override
  public Integer call() {
    CommandLine program = whole.get();
    console.printRaw(
        switch (shell) {
          // The script for bash knows the way in which zsh takes it.
          case "bash", "zsh" -> AutoComplete.bash(NAME, program);
          case "fish" -> FishCompletion.script(NAME, program);
          default -> throw CommandFailure.usage("'%s' is none of bash, zsh, fish".formatted(shell));
        });
    return ExitCodes.OK;
  }
}
