package dev.baton.app.crash;

import dev.baton.app.crash.Recorder.ServerDownException;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** What a client means to do later: whoever waits for a moment need not stand still. */
final class Agenda {
  private static final int MAX = 500;

  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));

  /** Something to do from a moment on, in microseconds since 1970. */
  record Due(long at, Step step) {}

  /** One call, or several. */
  @FunctionalInterface
  interface Step {
    void run() throws ServerDownException;
  }

  /** Plans a step; a full agenda forgets it, as a worker that disappears would. */
  void in(long micros, Step step) {
    if (due.size() < MAX) {
      due.add(new Due(Recorder.now() + micros, step));
    }
  }

  Optional<Step> next() {
    Due first = due.peek();
    if (first == null || first.at() > Recorder.now()) {
      return Optional.empty();
    }
    return Optional.of(due.remove().step());
  }
}
