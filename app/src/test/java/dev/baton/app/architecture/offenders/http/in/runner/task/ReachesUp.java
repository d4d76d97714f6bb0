package dev.baton.app.architecture.offenders.http.in.runner.task;

import dev.baton.app.architecture.offenders.http.in.runner.batch.BatchBody;

/** A route of tasks that knows batches. */
final class ReachesUp {
  Object batchBody() {
    return new BatchBody();
  }
}
