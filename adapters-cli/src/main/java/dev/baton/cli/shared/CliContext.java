package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.time.InstantSource;

/**
 * What every command is handed.
 *
 * @param clock the wall clock, for instants that people reckon from now
 * @param data standard output, for data that is no text
 */
public record CliContext(
    CliBackend backend, Terminal terminal, InstantSource clock, OutputStream data) {

  public CliContext {
    requireNonNull(backend, "backend");
    requireNonNull(terminal, "terminal");
    requireNonNull(clock, "clock");
    requireNonNull(data, "data");
  }
}
