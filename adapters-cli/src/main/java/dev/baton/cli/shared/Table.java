package dev.baton.cli.shared;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rows as text. On a terminal it fits: long cells are cut, and columns that find no room are left
 * out, those added last before others. Elsewhere nothing is cut. Not safe for use by several
 * threads.
 */
public final class Table<T> {
  private static final int PADDING = 2;
  private static final int CELL_MAX = 36;

  private final List<ColumnOf<T>> columns = new ArrayList<>();
  private boolean hasTold;

  private record ColumnOf<T>(String name, Function<T, String> value) {
    int width(List<T> rows, int max) {
      int widest = rows.stream().mapToInt(row -> value.apply(row).length()).max().orElse(0);
      return PADDING + Math.max(name.length(), Math.min(widest, max));
    }

    ColumnData<T> column(int width) {
      return new Column()
          .header(name)
          .headerAlign(HorizontalAlign.LEFT)
          .dataAlign(HorizontalAlign.LEFT)
          .maxWidth(width, OverflowBehaviour.ELLIPSIS_RIGHT)
          .with(value);
    }
  }

  @CanIgnoreReturnValue
  public Table<T> column(String name, Function<T, ?> value) {
    columns.add(new ColumnOf<>(name, row -> Texts.harmless(String.valueOf(value.apply(row)))));
    return this;
  }

  /** Prints the table; a terminal's person is told once how many columns found no room. */
  public void print(List<T> rows, CliContext context, Output console) {
    boolean fits = context.terminal().draws();
    int left = fits ? context.terminal().width() : Integer.MAX_VALUE;
    List<ColumnData<T>> shown = new ArrayList<>();
    for (ColumnOf<T> column : columns) {
      // Ids stand first, and half an id is none.
      int width = column.width(rows, fits && !shown.isEmpty() ? CELL_MAX : Integer.MAX_VALUE);
      if (shown.isEmpty() || width <= left) {
        shown.add(column.column(width));
        left -= width;
      }
    }
    console.print(drawn(rows, shown));
    int missing = columns.size() - shown.size();
    if (missing > 0 && !hasTold) {
      hasTold = true;
      console.say(
          "%d %s found no room: make the terminal wider, or use --json"
              .formatted(missing, missing == 1 ? "column" : "columns"));
    }
  }

  private static <T> String drawn(List<T> rows, List<ColumnData<T>> shown) {
    String table = AsciiTable.builder().border(AsciiTable.NO_BORDERS).data(rows, shown).asString();
    // Without borders the padding stands alone.
    return table.replaceAll("(?m)^ | +$", "").strip();
  }
}
