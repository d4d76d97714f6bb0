package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

/** What every command is handed. */
public record CliContext(Toolbox toolbox, Surroundings around) {

  public CliContext {
    requireNonNull(toolbox, "toolbox");
    requireNonNull(around, "around");
  }
}
