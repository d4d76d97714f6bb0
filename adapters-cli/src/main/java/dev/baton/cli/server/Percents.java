package dev.baton.cli.server;

import dev.baton.cli.shared.Surroundings;
import dev.baton.cli.shared.Talk;

/** Shows per cent on a terminal, and nothing elsewhere. For one thread. */
final class Percents implements AutoCloseable {
  private final Talk talk;
  private final String what;
  private final boolean shown;
  private boolean open;

  Percents(Talk talk, Surroundings around, String what) {
    this.talk = talk;
    this.what = what;
    this.shown = around.showsProgress() && !talk.json();
  }

  void show(long percent) {
    if (shown) {
      open = true;
      talk.err().print("\r" + percent + " % " + what);
      talk.err().flush();
    }
  }

  /** Ends the line. */
  @Override
  public void close() {
    if (open) {
      open = false;
      talk.err().println();
    }
  }
}
