package dev.baton.app.architecture.offenders.core.usecase.webhook;

import dev.baton.app.architecture.offenders.core.usecase.task.Job;

/** A use case of webhooks that knows tasks. */
final class KnowsTasks {
  Object job() {
    return new Job();
  }
}
