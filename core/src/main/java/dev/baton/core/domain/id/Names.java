package dev.baton.core.domain.id;

import static com.google.common.base.Preconditions.checkArgument;

/** The shape that ids and names share: visible ASCII that needs no escaping in URLs and logs. */
final class Names {

  private Names() {}

  static void check(String what, String value, int maxLength) {
    checkArgument(
        isValid(value, maxLength), "a %s is 1 to %s of A-Z a-z 0-9 . _ : -", what, maxLength);
  }

  /** Written as a loop: it runs for every id of every request. */
  static boolean isValid(String value, int maxLength) {
    int length = value.length();
    if (length == 0 || length > maxLength) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || (c >= 'A' && c <= 'Z')
              || c == '-'
              || c == '_'
              || c == '.'
              || c == ':';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }
}
