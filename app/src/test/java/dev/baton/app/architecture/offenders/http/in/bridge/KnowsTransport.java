package dev.baton.app.architecture.offenders.http.in.bridge;

import dev.baton.app.architecture.offenders.http.in.transport.Channel;

/** A dialect that speaks to the connection. */
final class KnowsTransport {
  Object channel() {
    return new Channel();
  }
}
