package dev.baton.app.architecture.offenders.core.usecase.task;

/** A use case that looks at a clock. */
final class ReadsClock {
  long now() {
    return System.currentTimeMillis();
  }
}
