package dev.baton.app.architecture.offenders.core.usecase.task;

import dev.baton.app.architecture.offenders.core.port.TaskRows;

/** Writes a task past the door. */
final class WritesTask {
  void write(TaskRows tasks) {
    tasks.update("row");
  }
}
