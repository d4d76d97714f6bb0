package dev.baton.app.architecture.offenders.core.domain.task;

/** A value that changes. */
final class Mutable {
  private String text = "";

  void setText(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
