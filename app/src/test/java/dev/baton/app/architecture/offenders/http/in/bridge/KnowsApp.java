package dev.baton.app.architecture.offenders.http.in.bridge;

import dev.baton.app.architecture.offenders.app.Wires;

/** A dialect that knows who made it. */
final class KnowsApp {
  Class<?> wiring() {
    return Wires.class;
  }
}
