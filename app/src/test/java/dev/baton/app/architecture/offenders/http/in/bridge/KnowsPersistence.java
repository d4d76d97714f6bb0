package dev.baton.app.architecture.offenders.http.in.bridge;

import dev.baton.app.architecture.offenders.persistence.sql.Untested;

/** A dialect that knows where tasks are kept. */
final class KnowsPersistence {
  Class<?> store() {
    return Untested.class;
  }
}
