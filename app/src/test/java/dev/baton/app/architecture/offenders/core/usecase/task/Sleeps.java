package dev.baton.app.architecture.offenders.core.usecase.task;

/** A use case that sleeps. */
final class Sleeps {
  void rest() throws InterruptedException {
    Thread.sleep(1);
  }
}
