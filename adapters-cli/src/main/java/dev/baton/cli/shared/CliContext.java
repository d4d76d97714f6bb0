package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

/** What every command is handed. */
public record CliContext(CliBackend toolbox, Terminal around) {

  public CliContext {
    requireNonNull(toolbox, "toolbox");
    requireNonNull(around, "around");
  }
}
