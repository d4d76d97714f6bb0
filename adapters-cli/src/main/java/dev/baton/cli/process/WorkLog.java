package dev.baton.cli.process;

import dev.baton.core.client.TaskClient.Granted;
import java.time.Duration;

/** Is told what workers do; called by several threads at once. */
public interface WorkLog {

  /** A prompt's attempt came to an end. */
  void ended(Granted task, Ending ending, Duration took);

  /** Something that people should know. */
  void say(String sentence);

  /** What the program wrote to its error output; any piece of it, as it comes. */
  void programSaid(String piece);

  /** How an attempt came to an end. */
  enum Ending {
    ANSWERED,
    FAILED,
    RELEASED,
    /** The lease was lost, or the task cancelled: the work was dropped. */
    DROPPED
  }
}
