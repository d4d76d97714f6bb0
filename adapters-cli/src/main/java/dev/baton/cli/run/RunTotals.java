package dev.baton.cli.run;

/** What a run came to. Not safe for use by several threads. */
final class RunTotals {
  int before;
  int submitted;
  int answered;
  int failed;
  int bad;
  int unanswered;
  boolean stoppedReading;

  /** Whether every row of the input has its answer, or was handed over where that was the task. */
  boolean isWhole() {
    return failed == 0 && bad == 0 && unanswered == 0 && !stoppedReading;
  }

  int settled() {
    return before + answered + failed;
  }
}
