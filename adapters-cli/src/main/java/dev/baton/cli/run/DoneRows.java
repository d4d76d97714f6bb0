package dev.baton.cli.run;

import dev.baton.core.domain.id.TaskId;
import java.util.Arrays;
import java.util.BitSet;

/** The rows whose lines are written, about four bytes for each row of the input. For one thread. */
final class DoneRows {
  private static final int PREFIX = "run-".length();
  private static final int HEX_DIGITS = 8;

  // By row number: 0 for a row that is not done, else the start of its task's id.
  private int[] fingerprints = new int[1024];
  private final BitSet failed = new BitSet();

  /**
   * Takes note of a line.
   *
   * @param answered whether it holds an answer, or says why there is none
   */
  void add(int row, TaskId id, boolean answered) {
    if (row >= fingerprints.length) {
      fingerprints = Arrays.copyOf(fingerprints, Math.max(row + 1, fingerprints.length * 2));
    }
    fingerprints[row] = fingerprint(id);
    failed.set(row, !answered);
  }

  boolean contains(int row) {
    return row < fingerprints.length && fingerprints[row] != 0;
  }

  /** Whether the row was done when it said the same as now. */
  boolean contains(int row, TaskId id) {
    return contains(row) && fingerprints[row] == fingerprint(id);
  }

  /** Whether its line says why there is no answer. */
  boolean isFailed(int row) {
    return failed.get(row);
  }

  private static int fingerprint(TaskId id) {
    String hex = id.value().substring(PREFIX, PREFIX + HEX_DIGITS);
    // Zero is taken: it means that a row is not done.
    return Integer.parseUnsignedInt(hex, 16) | 1;
  }
}
