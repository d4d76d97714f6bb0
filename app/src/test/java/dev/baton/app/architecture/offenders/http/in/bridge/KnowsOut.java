package dev.baton.app.architecture.offenders.http.in.bridge;

import dev.baton.app.architecture.offenders.http.out.client.Calls;

/** An answering class that knows a calling one. */
final class KnowsOut {
  Class<?> caller() {
    return Calls.class;
  }
}
