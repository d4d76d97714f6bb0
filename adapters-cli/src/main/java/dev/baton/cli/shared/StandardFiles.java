package dev.baton.cli.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** {@code -} in the place of a file: standard input where one is read, standard output else. */
public final class StandardFiles {
  private static final Path NAME = Path.of("-");

  private StandardFiles() {}

  /** Whether {@code file} stands for standard input or output; {@code ./-} is a file. */
  public static boolean isStandard(Path file) {
    return file.equals(NAME);
  }

  /**
   * The file to read, by whoever needs one that has a length or reads it twice: standard input is
   * kept in a temporary file until this process ends.
   */
  public static Path toRead(Path file, Terminal terminal) {
    if (!isStandard(file)) {
      return file;
    }
    try {
      // Nobody else may read it.
      Path kept = Files.createTempFile("baton-stdin", "");
      kept.toFile().deleteOnExit();
      Files.copy(terminal.in(), kept, StandardCopyOption.REPLACE_EXISTING);
      return kept;
    } catch (IOException e) {
      throw Texts.unreadable("standard input", e);
    }
  }

  /** A database file, which is neither. */
  static Path database(Path file) {
    if (isStandard(file)) {
      throw CommandFailure.usage("a database can't be standard input: name its file");
    }
    return file;
  }
}
