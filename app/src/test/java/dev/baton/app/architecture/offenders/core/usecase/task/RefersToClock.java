package dev.baton.app.architecture.offenders.core.usecase.task;

import java.util.function.LongSupplier;

/** A use case that holds a clock by reference. */
final class RefersToClock {
  LongSupplier clock() {
    return System::nanoTime;
  }
}
