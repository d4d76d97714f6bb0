package dev.baton.app.architecture.offenders.core.usecase.task;

import dev.baton.app.architecture.offenders.core.usecase.batch.Import;

/** A use case of tasks that knows batches. */
final class ReachesUp {
  Object reach() {
    return new Import();
  }
}
