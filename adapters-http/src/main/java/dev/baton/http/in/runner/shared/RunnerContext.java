package dev.baton.http.in.runner.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.core.Baton;
import dev.baton.core.port.BatchFiles;

/** What every route of this dialect needs: the use cases, and how to read and to answer. */
public record RunnerContext(
    Baton baton, RunnerSettings settings, BatchFiles files, Envelope envelope, Bodies bodies) {
  /** What all paths of the dialect begin with. */
  public static final String PREFIX = "/api/v1";

  public RunnerContext {
    requireNonNull(baton, "baton");
    requireNonNull(settings, "settings");
    requireNonNull(files, "files");
    requireNonNull(envelope, "envelope");
    requireNonNull(bodies, "bodies");
  }
}
