package dev.baton.cli.shared;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of files that the platform can't look for. */
final class FileNames {
  private static final String ENCODING =
      System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());

  private FileNames() {}

  /** Whether the locale has no way to write this name; Java then finds no such file. */
  static boolean isUnusable(String name) {
    return !Charset.forName(ENCODING).newEncoder().canEncode(name);
  }

  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(problem(name), e);
    }
  }

  static String problem(String name) {
    return isUnusable(name)
        ? "the locale of this process (%s) can't name the file '%s': set LC_ALL=C.UTF-8"
            .formatted(ENCODING, name)
        : "'%s' is no file name".formatted(name);
  }
}
