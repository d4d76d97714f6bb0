package dev.baton.app.architecture.offenders.core.usecase.task;

/** Stands for the use case that hands tasks out. */
public final class Leasing {
  /** One without room. */
  public Object lease(String ask) {
    return ask;
  }
}
