package dev.baton.http.in.transport;

import dev.baton.http.in.api.MemoryBudget;
import dev.baton.http.in.api.Router;
import java.nio.file.Path;
import java.util.Optional;

/** What all calls of one server share. */
record Chain(RequestGate gate, Router router, Cors cors, Bounds bounds, ServerStats stats) {

  /**
   * The bounds of a call.
   *
   * @param spool where large bodies are kept while they come; the system's place when absent
   */
  record Bounds(
      long bodyMax,
      MemoryBudget bodies,
      MemoryBudget replies,
      Timeouts timeouts,
      Drain drain,
      Optional<Path> spool) {}
}
