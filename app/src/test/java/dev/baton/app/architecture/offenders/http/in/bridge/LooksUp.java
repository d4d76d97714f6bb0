package dev.baton.app.architecture.offenders.http.in.bridge;

import javax.naming.InitialContext;

/** A dialect that looks names up. */
final class LooksUp {
  Class<?> directory() {
    return InitialContext.class;
  }
}
