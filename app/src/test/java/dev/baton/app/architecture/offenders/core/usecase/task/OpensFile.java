package dev.baton.app.architecture.offenders.core.usecase.task;

import java.nio.file.Files;
import java.nio.file.Path;

/** A use case that goes to the disk. */
final class OpensFile {
  boolean isThere(Path file) {
    return Files.exists(file);
  }
}
