package dev.baton.app.architecture.offenders.core.runtime;

import dev.baton.app.architecture.offenders.core.usecase.task.Job;

/** A source of threads that knows what runs on them. */
final class KnowsUseCase {
  Object job() {
    return new Job();
  }
}
