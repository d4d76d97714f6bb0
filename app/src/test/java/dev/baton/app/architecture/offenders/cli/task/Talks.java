package dev.baton.app.architecture.offenders.cli.task;

import java.util.logging.Logger;

/** A command that speaks past its writers. */
final class Talks {
  void talk(Exception e) {
    System.out.println("done");
    e.printStackTrace();
    Logger.getLogger("task").info("done");
  }
}
