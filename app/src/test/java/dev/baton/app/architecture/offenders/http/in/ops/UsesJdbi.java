package dev.baton.app.architecture.offenders.http.in.ops;

import org.jdbi.v3.core.Jdbi;

/** A dialect that maps rows itself. */
final class UsesJdbi {
  Class<?> jdbi() {
    return Jdbi.class;
  }
}
