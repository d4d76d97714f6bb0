package dev.baton.app.architecture.offenders.core.usecase;

import dev.baton.app.architecture.offenders.core.runtime.Loop;

/** A use case that knows who repeats it. */
final class KnowsRuntime {
  Object loop() {
    return new Loop();
  }
}
