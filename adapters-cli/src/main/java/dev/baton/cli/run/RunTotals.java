package dev.baton.cli.run;

import java.util.ArrayList;
import java.util.List;

/** What a run came to. Not safe for use by several threads. */
final class RunTotals {
  private static final int NAMED_MAX = 10;

  private final List<Integer> named = new ArrayList<>();

  /** Rows whose lines an earlier run wrote. */
  int before;

  /** Those of them that have no answer. */
  int failedBefore;

  int submitted;
  int answered;
  int failed;
  int bad;
  int unanswered;
  boolean stoppedReading;

  /** Whether every row of the input has its answer, or was handed over where that was the task. */
  boolean isWhole() {
    return failed == 0 && failedBefore == 0 && bad == 0 && unanswered == 0 && !stoppedReading;
  }

  void failedBefore(int row) {
    failedBefore++;
    if (named.size() < NAMED_MAX) {
      named.add(row);
    }
  }

  /** What an earlier run left without an answer. */
  String missing() {
    String rows = String.join(", ", named.stream().map(String::valueOf).toList());
    return "%d rows failed in an earlier run and have no answer (%s%s): give --retry-failed to try them again"
        .formatted(failedBefore, rows, failedBefore > named.size() ? " ..." : "");
  }

  int settled() {
    return before + answered + failed;
  }
}
