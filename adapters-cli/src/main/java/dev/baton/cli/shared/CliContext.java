package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

/** What every command is handed. */
public record CliContext(CliBackend backend, Terminal terminal) {

  public CliContext {
    requireNonNull(backend, "backend");
    requireNonNull(terminal, "terminal");
  }

  /** The terminal, by the name that {@code cli.run} still uses. */
  public Terminal around() {
    return terminal;
  }
}
