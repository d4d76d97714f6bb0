package dev.baton.app.architecture.offenders.core.client;

import dev.baton.app.architecture.offenders.core.usecase.task.Job;

/** A client that knows what answers it. */
final class KnowsServer {
  Object job() {
    return new Job();
  }
}
