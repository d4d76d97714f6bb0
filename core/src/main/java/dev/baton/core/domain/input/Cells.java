package dev.baton.core.domain.input;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the text of a cell stands for; one that stands for nothing is left as it is. */
final class Cells {
  /** Longer texts are no number that any member may have. */
  private static final int DIGITS_MAX = 64;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private Cells() {}

  static Object value(Member.Kind kind, String cell) {
    return switch (kind) {
      case TEXT -> cell;
      case WORD -> cell.strip().toLowerCase(Locale.ROOT);
      case INTEGER, NUMBER -> number(cell.strip());
      case BOOLEAN -> bool(cell.strip().toLowerCase(Locale.ROOT));
      case OBJECT, ARRAY -> throw new IllegalArgumentException("is JSON");
    };
  }

  private static Object number(String cell) {
    return cell.length() <= DIGITS_MAX && NUMBER.matcher(cell).matches()
        ? new BigDecimal(cell)
        : cell;
  }

  private static Object bool(String cell) {
    return switch (cell) {
      case "true" -> true;
      case "false" -> false;
      default -> cell;
    };
  }
}
