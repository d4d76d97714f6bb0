package dev.baton.cli.process;

import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.TaskClient.Granted;
import java.time.Duration;

/** Tells of every attempt as it ends, and sums up. Thread-safe. */
final class WorkReport implements WorkLog {
  private final Output console;

  // Guarded by this.
  private int ended;
  private int failed;

  WorkReport(Output console) {
    this.console = console;
  }

  @Override
  public synchronized void ended(Granted task, Ending ending, Duration took) {
    ended++;
    failed += ending == Ending.FAILED ? 1 : 0;
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("taskId", task.taskId().value())
              .put("attempt", task.attempt())
              .put("outcome", Values.word(ending))
              .put("seconds", took.toMillis() / 1000.0)
              .toMap());
      console.out().flush();
    } else {
      say(
          "task %s: %s (attempt %d, %.1f s)"
              .formatted(
                  task.taskId(), Values.word(ending), task.attempt(), took.toMillis() / 1000.0));
    }
  }

  @Override
  public synchronized void say(String sentence) {
    console.say(sentence);
    console.err().flush();
  }

  @Override
  public synchronized void programSaid(String piece) {
    console.err().print(piece);
    console.err().flush();
  }

  synchronized int exitCode() {
    if (failed > 0) {
      return ExitCodes.PARTIAL;
    }
    return ended == 0 ? ExitCodes.NOTHING_READY : ExitCodes.OK;
  }
}
