package dev.baton.cli.terminal;

/** The beginning of a text, on one line. */
public final class Excerpt {
  private static final String CUT = "…";

  private Excerpt() {}

  /**
   * As much of {@code text} as fits {@code columns} of a terminal, at least one, its white space
   * shortened to single spaces; ends with an ellipsis when something is missing.
   */
  public static String of(String text, int columns) {
    String line = text.strip().replaceAll("\\s+", " ");
    int end = end(line, columns);
    return end == line.length() ? line : line.substring(0, end(line, columns - 1)) + CUT;
  }

  /** Where the part that fits ends. */
  private static int end(String line, int columns) {
    int used = 0;
    int index = 0;
    while (index < line.length()) {
      int character = line.codePointAt(index);
      used += width(character);
      if (used > columns) {
        return index;
      }
      index += Character.charCount(character);
    }
    return index;
  }

  /** Ideographs, syllables of Korean, full-width forms and emoji take two columns. */
  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (character >= 0x1100 && character <= 0x115F)
            || (character >= 0x2E80 && character <= 0xA4CF)
            || (character >= 0xAC00 && character <= 0xD7A3)
            || (character >= 0xF900 && character <= 0xFAFF)
            || (character >= 0xFE30 && character <= 0xFE6F)
            || (character >= 0xFF00 && character <= 0xFF60)
            || (character >= 0x1F300 && character <= 0x1FAFF)
            || (character >= 0x20000 && character <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
