package dev.baton.app.architecture.offenders.persistence.sql;

/** One half of two classes that need each other. */
final class First {
  Object next() {
    return new Second.Part();
  }
}
