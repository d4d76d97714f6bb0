package dev.baton.app.architecture.offenders.http.in.bridge;

import ch.qos.logback.classic.LoggerContext;

/** A dialect with a logging library of its choice. */
final class UsesLogback {
  Class<?> log() {
    return LoggerContext.class;
  }
}
