package dev.baton.app.architecture.offenders.http.in.bridge;

import dev.baton.app.architecture.offenders.core.usecase.task.Leasing;

/** A dialect that leases whatever there is. */
final class LeasesWithoutRoom {
  Object next() {
    return new Leasing().lease("all");
  }
}
