package dev.baton.http.in.runner;

import static java.util.Objects.requireNonNull;

import dev.baton.core.Baton;
import dev.baton.core.port.BatchFiles;

/** What every route of this dialect needs: the use cases, and how to read and to answer. */
record Kit(
    Baton baton, RunnerSettings settings, BatchFiles files, Envelope envelope, Bodies bodies) {
  Kit {
    requireNonNull(baton, "baton");
    requireNonNull(settings, "settings");
    requireNonNull(files, "files");
    requireNonNull(envelope, "envelope");
    requireNonNull(bodies, "bodies");
  }
}
