package dev.baton.core.domain.input;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** What the text of a cell stands for; one that stands for nothing is left as it is. */
final class Cells {
  /** Longer texts are no number that any member may have. */
  private static final int DIGITS_MAX = 64;

  private Cells() {}

  static Object value(Member.Kind kind, String cell) {
    return switch (kind) {
      case TEXT -> cell;
      case WORD -> cell.strip().toLowerCase(Locale.ROOT);
      case INTEGER, NUMBER -> number(kind, cell.strip());
      case BOOLEAN -> bool(cell.strip().toLowerCase(Locale.ROOT));
      case OBJECT, ARRAY -> throw new IllegalArgumentException("is JSON");
    };
  }

  private static Object number(Member.Kind kind, String cell) {
    if (cell.length() > DIGITS_MAX) {
      return cell;
    }
    try {
      return kind == Member.Kind.INTEGER ? new BigInteger(cell) : new BigDecimal(cell);
    } catch (NumberFormatException e) {
      return cell;
    }
  }

  private static Object bool(String cell) {
    return switch (cell) {
      case "true" -> true;
      case "false" -> false;
      default -> cell;
    };
  }
}
