package dev.baton.cli.shared;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.cli.terminal.Ages;
import dev.baton.cli.terminal.Excerpt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows as text. On a terminal it fits: long cells are cut, and columns that find no room are left
 * out, those added last before others; instants are shown as ages. Elsewhere nothing is cut and
 * instants are exact. Not safe for use by several threads.
 */
public final class Table<T> {
  private static final int PADDING = 2;
  private static final int CELL_MAX = 36;
  private static final int EXCERPT_MIN = 12;

  private final List<ColumnOf<T>> columns = new ArrayList<>();
  private Optional<ColumnOf<T>> excerpt = Optional.empty();

  private record ColumnOf<T>(String name, Function<T, ?> value) {
    ColumnOf<T> shownAs(Function<Object, String> text) {
      return new ColumnOf<>(name, row -> text.apply(value.apply(row)));
    }

    String text(T row) {
      return String.valueOf(value.apply(row));
    }

    int width(List<T> rows, int max) {
      int widest = rows.stream().mapToInt(row -> text(row).length()).max().orElse(0);
      return PADDING + Math.max(name.length(), Math.min(widest, max));
    }

    Shown<T> shown(int width) {
      return new Shown<>(this, width - PADDING);
    }
  }

  /** A column that found room; its width is without the padding. */
  private record Shown<T>(ColumnOf<T> column, int width) {
    String header() {
      return padded(column.name());
    }

    /** One line, whatever the text holds. */
    String cell(T row) {
      String text = column.text(row).replace('\n', ' ').replace('\t', ' ');
      return padded(text.length() > width ? Excerpt.of(text, width) : text);
    }

    private String padded(String text) {
      return text + " ".repeat(Math.max(0, width - text.length()));
    }
  }

  /** Adds a column; {@code value} may give an {@link Instant}. */
  @CanIgnoreReturnValue
  public Table<T> column(String name, Function<T, ?> value) {
    columns.add(new ColumnOf<>(name, value));
    return this;
  }

  /** Adds the last column, the beginnings of texts, which takes the room that is left. */
  @CanIgnoreReturnValue
  public Table<T> excerpt(String name, Function<T, String> value) {
    excerpt = Optional.of(new ColumnOf<>(name, row -> Texts.harmless(value.apply(row))));
    return this;
  }

  /** Prints the table; a terminal's person is told how many columns found no room. */
  public void print(List<T> rows, CliContext context, Output console) {
    boolean fits = context.terminal().draws();
    // Behind the last column there is no padding.
    int left = fits ? context.terminal().width() + PADDING : Integer.MAX_VALUE;
    Instant now = context.clock().instant();
    int reserved =
        excerpt.map(last -> Math.min(EXCERPT_MIN, last.width(rows, EXCERPT_MIN))).orElse(0);
    List<Shown<T>> shown = new ArrayList<>();
    for (ColumnOf<T> added : columns) {
      ColumnOf<T> column = added.shownAs(value -> cell(value, fits, now));
      // Ids stand first, and half an id is none.
      int width = column.width(rows, fits && !shown.isEmpty() ? CELL_MAX : Integer.MAX_VALUE);
      if (shown.isEmpty() || width <= left - reserved) {
        shown.add(column.shown(width));
        left -= width;
      }
    }
    if (excerpt.isPresent() && left >= reserved) {
      int room = left - PADDING;
      shown.add(
          excerpt.get().shownAs(value -> Excerpt.of(String.valueOf(value), room)).shown(left));
    }
    console.print(drawn(rows, shown));
    tell(columns.size() + (excerpt.isPresent() ? 1 : 0) - shown.size(), console);
  }

  private static String cell(Object value, boolean fits, Instant now) {
    return value instanceof Instant at && fits
        ? Ages.of(at, now)
        : Texts.harmless(String.valueOf(value));
  }

  private static void tell(int missing, Output console) {
    if (missing > 0) {
      console.say(
          "%d %s found no room: use a wider window, or --json"
              .formatted(missing, missing == 1 ? "column" : "columns"));
    }
  }

  private static <T> String drawn(List<T> rows, List<Shown<T>> shown) {
    return Stream.concat(
            Stream.of(line(shown, Shown::header)),
            rows.stream().map(row -> line(shown, column -> column.cell(row))))
        .collect(Collectors.joining("\n"));
  }

  private static <T> String line(List<Shown<T>> shown, Function<Shown<T>, String> cell) {
    return shown.stream()
        .map(cell)
        .collect(Collectors.joining(" ".repeat(PADDING)))
        .stripTrailing();
  }
}
