package dev.baton.cli.run;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Patience;
import dev.baton.cli.shared.StopSignal;
import dev.baton.core.client.TaskAnswer;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskState;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries the rows of a file through a server: submits ahead of the answers by a bounded window,
 * and writes answers as they come. For one thread.
 */
final class Run {
  /** Rows that are submitted and not answered, at most. */
  static final int WINDOW = 5_000;

  private static final Duration PAUSE_MIN = Duration.ofMillis(20);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

  private final TaskClient server;
  private final RowSource rows;
  private final AnswerFile out;
  private final RunOptions options;
  private final Watch watch;
  private final RunView view;
  private final StopSignal stop;
  private final Patience patience;
  private final Batcher batcher;
  private final Outstanding outstanding = new Outstanding();
  private final Set<TaskId> redriven = new HashSet<>();
  private final RunTotals totals = new RunTotals();
  private Duration pause = PAUSE_MIN;
  private long read;
  private boolean allRead;
  private int idleRounds;

  Run(TaskClient server, RowSource rows, AnswerFile out, RunOptions options, Watch watch) {
    this.server = server;
    this.rows = rows;
    this.out = out;
    this.options = options;
    this.watch = watch;
    this.view = watch.view();
    this.stop = watch.stop();
    this.patience = new Patience(stop, view::say);
    this.batcher = new Batcher(server, patience, options);
  }

  /**
   * Who looks on.
   *
   * @param health throws when it is pointless to wait on, such as when the workers gave up
   */
  record Watch(RunView view, StopSignal stop, Runnable health) {}

  /** Runs to the end, or until the stop signal is given. */
  RunTotals run() throws InterruptedException {
    while (!stop.isStopped() && !isDone() && !isStuck()) {
      watch.health().run();
      boolean moved = submitSome();
      moved |= collectSome();
      view.progress(totals.settled() + totals.bad, read, allRead);
      rest(moved);
    }
    out.flush();
    totals.unanswered = outstanding.size();
    return totals;
  }

  private boolean isDone() {
    return allRead && outstanding.size() == 0;
  }

  /** Nobody can answer, and every row that waits was asked about since the last answer. */
  private boolean isStuck() {
    return options.alone() && idleRounds > Outstanding.rounds(outstanding.size());
  }

  private void rest(boolean moved) throws InterruptedException {
    idleRounds = moved ? 0 : idleRounds + 1;
    if (moved || isDone() || isStuck()) {
      pause = PAUSE_MIN;
      return;
    }
    boolean unused = stop.await(pause);
    pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
  }

  private boolean submitSome() {
    if (allRead || outstanding.size() >= WINDOW) {
      return false;
    }
    while (!allRead && !batcher.isFull()) {
      readOne();
    }
    List<Batcher.Submitted> stored = batcher.submit(this::refused);
    totals.submitted += stored.size();
    if (!options.submitOnly()) {
      for (Batcher.Submitted submitted : stored) {
        Row row = submitted.row();
        outstanding.add(
            submitted.id(),
            new Outstanding.Waiting(row.number(), row.item().flatMap(Row.Item::label)));
      }
    }
    return true;
  }

  private void readOne() {
    Optional<Row> next = rows.next();
    if (next.isEmpty()) {
      allRead = true;
      return;
    }
    read++;
    take(next.get());
    if (next.get().last()) {
      view.say(options.input() + ": nothing after that was read");
      totals.stoppedReading = true;
      allRead = true;
    }
  }

  private void take(Row row) {
    if (row.item().isEmpty()) {
      bad(row, row.problem());
      return;
    }
    TaskId id = row.taskId(options.name());
    if (out.done().contains(row.number(), id)) {
      totals.before++;
      if (out.done().isFailed(row.number())) {
        totals.failedBefore(row.number());
      }
    } else if (out.done().contains(row.number())) {
      throw new CommandFailure(
          ExitCodes.CONFLICT,
          "ROW_CHANGED",
          "row %d (line %d) was answered in an earlier run and says something else now: name another output"
              .formatted(row.number(), row.line()));
    } else {
      batcher.add(row, id);
    }
  }

  private void refused(Batcher.Submitted submitted, BatonException refusal) {
    bad(submitted.row(), String.valueOf(refusal.getMessage()));
  }

  private void bad(Row row, String problem) {
    totals.bad++;
    view.say("%s:%d: row %d: %s".formatted(options.input(), row.line(), row.number(), problem));
  }

  private boolean collectSome() {
    List<TaskId> ids = outstanding.next();
    if (ids.isEmpty()) {
      return false;
    }
    Map<TaskId, TaskAnswer> answers = patience.ask(() -> server.answers(ids));
    boolean moved = false;
    for (TaskId id : ids) {
      TaskAnswer answer = answers.get(id);
      if (answer == null) {
        moved |= lost(id);
      } else if (answer.state().isTerminal()) {
        moved |= settle(id, answer);
      }
    }
    out.flush();
    return moved;
  }

  private boolean settle(TaskId id, TaskAnswer answer) {
    boolean answered = answer.state() == TaskState.Kind.SUCCEEDED;
    if (!answered && options.retryFailed() && redriven.add(id)) {
      TaskState.Kind unused = server.redrive(id);
      return true;
    }
    outstanding
        .remove(id)
        .ifPresent(row -> out.add(new AnswerLine(row.row(), row.label(), id, answer)));
    totals.answered += answered ? 1 : 0;
    totals.failed += answered ? 0 : 1;
    return true;
  }

  /** Somebody pruned the task before its answer was fetched. */
  private boolean lost(TaskId id) {
    outstanding
        .remove(id)
        .ifPresent(
            row -> {
              totals.failed++;
              view.say("row %d: its task %s is gone; run again".formatted(row.row(), id));
            });
    return true;
  }
}
