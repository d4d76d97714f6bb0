package dev.baton.app.architecture.offenders.cli.shared;

/** One half of two packages that need each other. */
public final class Ring {
  Class<?> next() {
    return dev.baton.app.architecture.offenders.cli.task.Ring.class;
  }
}
