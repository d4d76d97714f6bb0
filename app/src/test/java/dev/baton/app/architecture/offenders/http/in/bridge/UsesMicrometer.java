package dev.baton.app.architecture.offenders.http.in.bridge;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** A dialect with meters of its own. */
final class UsesMicrometer {
  Object registry() {
    return new SimpleMeterRegistry();
  }
}
