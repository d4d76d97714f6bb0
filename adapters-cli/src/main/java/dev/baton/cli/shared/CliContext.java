package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;

/**
 * What every command is handed.
 *
 * @param data standard output, for data that is no text
 */
public record CliContext(CliBackend backend, Terminal terminal, OutputStream data) {

  public CliContext {
    requireNonNull(backend, "backend");
    requireNonNull(terminal, "terminal");
    requireNonNull(data, "data");
  }
}
