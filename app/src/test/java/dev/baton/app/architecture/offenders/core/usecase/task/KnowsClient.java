package dev.baton.app.architecture.offenders.core.usecase.task;

import dev.baton.app.architecture.offenders.core.client.Client;

/** A use case that knows who calls it. */
final class KnowsClient {
  Object client() {
    return new Client();
  }
}
