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
 * Rows as text that fits a terminal: the columns added last are left out where they find no room.
 * Not safe for use by several threads.
 */
public final class Table<T> {
  private static final int PADDING = 2;
  private static final int CELL_MAX = 36;

  /** Ids stand first, and half an id is none. */
  private static final int FIRST_MAX = 128;

  private final List<ColumnOf<T>> columns = new ArrayList<>();

  private record ColumnOf<T>(String name, int max, Function<T, String> value) {
    int width(List<T> rows) {
      int widest = rows.stream().mapToInt(row -> value.apply(row).length()).max().orElse(0);
      return PADDING + Math.max(name.length(), Math.min(widest, max));
    }

    ColumnData<T> column() {
      return new Column()
          .header(name)
          .headerAlign(HorizontalAlign.LEFT)
          .dataAlign(HorizontalAlign.LEFT)
          .maxWidth(max + PADDING, OverflowBehaviour.ELLIPSIS_RIGHT)
          .with(value);
    }
  }

  @CanIgnoreReturnValue
  public Table<T> column(String name, Function<T, ?> value) {
    int max = columns.isEmpty() ? FIRST_MAX : CELL_MAX;
    columns.add(new ColumnOf<>(name, max, row -> Texts.harmless(String.valueOf(value.apply(row)))));
    return this;
  }

  /** The table, no wider than {@code width} but for its first column. */
  public String text(List<T> rows, int width) {
    List<ColumnData<T>> shown = new ArrayList<>();
    int left = width;
    for (ColumnOf<T> column : columns) {
      left -= column.width(rows);
      if (left < 0 && !shown.isEmpty()) {
        break;
      }
      shown.add(column.column());
    }
    String table = AsciiTable.builder().border(AsciiTable.NO_BORDERS).data(rows, shown).asString();
    // Without borders the padding stands alone.
    return table.replaceAll("(?m)^ | +$", "").strip();
  }
}
