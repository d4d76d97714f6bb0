package dev.baton.app.architecture.offenders.http.in.bridge;

import dev.baton.app.architecture.offenders.http.in.ops.Shared;

/** A dialect that borrows from another. */
final class KnowsOtherDialect {
  Class<?> other() {
    return Shared.class;
  }
}
