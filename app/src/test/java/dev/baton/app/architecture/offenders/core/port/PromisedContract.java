package dev.baton.app.architecture.offenders.core.port;

import org.junit.jupiter.api.Nested;

/** What every implementation of the port is held to. */
abstract class PromisedContract {

  /** The one contract that was thought of. */
  @Nested
  final class Grouped extends GroupedContract {}
}
