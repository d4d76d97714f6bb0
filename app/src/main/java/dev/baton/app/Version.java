package dev.baton.app;

import java.util.Optional;

/** Which build this is. */
final class Version {

  private Version() {}

  /** As the jar's manifest says; "dev" outside a jar. */
  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
