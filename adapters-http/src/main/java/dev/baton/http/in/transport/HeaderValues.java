package dev.baton.http.in.transport;

/** What may stand in a header. */
final class HeaderValues {

  private HeaderValues() {}

  /**
   * The value with everything that is not visible ASCII or a blank replaced, so that no text from
   * outside can end a header line.
   */
  static String clean(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (isUnfit(value.charAt(i))) {
        return replaced(value);
      }
    }
    return value;
  }

  private static String replaced(String value) {
    StringBuilder clean = new StringBuilder(value.length());
    value.chars().forEach(c -> clean.append(isUnfit((char) c) ? '_' : (char) c));
    return clean.toString();
  }

  private static boolean isUnfit(char c) {
    return c < ' ' || c > '~';
  }
}
