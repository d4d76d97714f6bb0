package dev.baton.app.architecture.offenders.core.usecase;

/** A use case that sleeps. */
final class Sleeps {
  void rest() throws InterruptedException {
    Thread.sleep(1);
  }
}
