package dev.baton.core.rows;

import dev.baton.core.domain.input.RawRow;
import dev.baton.core.rows.CsvReader.BrokenException;
import java.io.IOException;
import java.util.Optional;

/** Reads the rows of one format, and fails when no further one can be read. Not thread-safe. */
interface RowFormat {

  /** The next row; empty after the last one. */
  Optional<RawRow> next() throws IOException, BrokenException;

  /** Where the text was read to, in lines counted from 1. */
  long line();
}
