package dev.baton.app.architecture.offenders.core.usecase.task;

/** A use case with a thread of its own. */
final class StartsThread {
  void start(Runnable work) {
    new Thread(work).start();
  }
}
