package dev.baton.app.architecture.offenders.http.in.ops;

import picocli.CommandLine;

/** A dialect with a command line. */
final class UsesPicocli {
  Class<?> line() {
    return CommandLine.class;
  }
}
