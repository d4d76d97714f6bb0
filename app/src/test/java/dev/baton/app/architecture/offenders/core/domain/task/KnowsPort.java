package dev.baton.app.architecture.offenders.core.domain.task;

import dev.baton.app.architecture.offenders.core.port.Unpromised;

/** A domain type that knows who keeps it. */
final class KnowsPort {
  Class<?> port() {
    return Unpromised.class;
  }
}
