package dev.baton.app.architecture.offenders.http.in.bridge;

import dev.baton.app.architecture.offenders.core.usecase.task.Job;

/** A dialect with a use case of its own. */
final class MakesUseCase {
  Object job() {
    return new Job();
  }
}
