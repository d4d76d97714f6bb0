package dev.baton.app.architecture.offenders.persistence.sql;

/** The other half, which has two parts. */
final class Second {
  First next() {
    return new First();
  }

  /** What the first half needs. */
  static final class Part {}
}
