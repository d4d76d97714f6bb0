package dev.baton.app.architecture.offenders.http.out.client;

import dev.baton.app.architecture.offenders.http.in.bridge.ShownInPublic;

/** A calling class that knows an answering one. */
final class KnowsIn {
  Class<?> dialect() {
    return ShownInPublic.class;
  }
}
