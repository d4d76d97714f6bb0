package dev.baton.app.architecture.offenders.core.port;

import dev.baton.app.architecture.offenders.core.usecase.task.Job;

/** A port that is a class, and knows who calls it. */
final class PortAsClass {
  Class<?> job() {
    return Job.class;
  }
}
