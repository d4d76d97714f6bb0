package dev.baton.core.domain.input;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/** A row as it stands in a text, before anybody asks what its values mean. */
public sealed interface RawRow {

  /** Where it begins, counted from 1. */
  long line();

  /** A record of CSV, with as many cells as there are columns. */
  record Cells(long line, Columns columns, List<String> cells) implements RawRow {
    public Cells {
      requireNonNull(columns, "columns");
      cells = List.copyOf(cells);
    }
  }

  /** An object of JSON Lines, with the values that {@link JsonCodec} gives. */
  record Members(long line, Map<String, ?> members) implements RawRow {
    public Members {
      requireNonNull(members, "members");
    }
  }

  /**
   * None, and why.
   *
   * @param last whether nothing can be read after it
   */
  record Broken(long line, String problem, boolean last) implements RawRow {
    public Broken {
      requireNonNull(problem, "problem");
    }
  }
}
