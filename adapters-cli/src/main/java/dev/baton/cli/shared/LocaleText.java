package dev.baton.cli.shared;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What the locale of this process can write: names of files, and words and variables for other
 * programs. In the locale {@code C} that is ASCII alone, and Java writes {@code ?} for the rest.
 */
public final class LocaleText {
  /** What to do about it. */
  public static final String ADVICE = "set LC_ALL=C.UTF-8";

  private static final String ENCODING =
      System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());

  private LocaleText() {}

  /** Whether Java finds no file of this name. */
  public static boolean isUnusable(String name) {
    return !Charset.forName(ENCODING).newEncoder().canEncode(name);
  }

  /** Whether Java would hand {@code text} to another program as something else. */
  public static boolean isDamaged(String text) {
    return isUnusable(text) || !Charset.defaultCharset().newEncoder().canEncode(text);
  }

  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(problem(name), e);
    }
  }

  /** Why {@code name} names no file. */
  public static String problem(String name) {
    return isUnusable(name)
        ? "the locale of this process (%s) can't name the file '%s': %s"
            .formatted(ENCODING, name, ADVICE)
        : "'%s' is no file name".formatted(name);
  }
}
