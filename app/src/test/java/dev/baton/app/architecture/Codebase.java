package dev.baton.app.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The compiled classes of all modules, read once. */
final class Codebase {
  static final String ROOT = "dev.baton";
  static final String OFFENDERS_ROOT = "dev.baton.app.architecture.offenders";

  /** Beside this module's directory, in which the tests run. */
  static final List<Path> MODULES =
      List.of(
          Path.of("../core"),
          Path.of("../adapters-persistence"),
          Path.of("../adapters-http"),
          Path.of("../adapters-cli"),
          Path.of("../app"));

  /** What ships. */
  static final JavaClasses SYSTEM = read("target/classes");

  static final JavaClasses TESTS = read("target/test-classes");

  static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(OFFENDERS_ROOT);

  private Codebase() {}

  private static JavaClasses read(String output) {
    return new ClassFileImporter()
        .importPaths(MODULES.stream().map(module -> real(module.resolve(output))).toList());
  }

  /** Reading starts at a directory and does not start at a link to one. */
  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
