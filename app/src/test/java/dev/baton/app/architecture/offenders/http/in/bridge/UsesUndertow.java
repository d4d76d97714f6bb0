package dev.baton.app.architecture.offenders.http.in.bridge;

import io.undertow.Undertow;

/** A dialect with a server of its own. */
final class UsesUndertow {
  Object server() {
    return Undertow.builder();
  }
}
