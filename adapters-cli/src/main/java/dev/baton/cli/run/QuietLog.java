package dev.baton.cli.run;

import dev.baton.cli.process.WorkLog;
import dev.baton.core.client.TaskClient.Granted;
import java.time.Duration;

/** Passes on what goes wrong; what goes well shows in the answers. */
final class QuietLog implements WorkLog {
  private final RunView view;

  QuietLog(RunView view) {
    this.view = view;
  }

  @Override
  public void ended(Granted task, Ending ending, Duration took) {}

  @Override
  public void say(String sentence) {
    view.say(sentence);
  }

  @Override
  public void programSaid(String piece) {
    view.say(piece.stripTrailing());
  }
}
