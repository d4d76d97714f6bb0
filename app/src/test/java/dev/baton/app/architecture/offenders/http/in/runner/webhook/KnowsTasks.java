package dev.baton.app.architecture.offenders.http.in.runner.webhook;

import dev.baton.app.architecture.offenders.http.in.runner.task.TaskBody;

/** A route of webhooks that knows tasks. */
final class KnowsTasks {
  Object taskBody() {
    return new TaskBody();
  }
}
