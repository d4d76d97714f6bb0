package dev.baton.app.architecture.offenders.persistence.sql;

import dev.baton.app.architecture.offenders.cli.shared.Ring;

/** A store that knows a command. */
final class KnowsCommands {
  Class<?> command() {
    return Ring.class;
  }
}
