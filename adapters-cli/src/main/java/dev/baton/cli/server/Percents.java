package dev.baton.cli.server;

import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Terminal;

/** Shows per cent on a terminal, and nothing elsewhere. For one thread. */
final class Percents implements AutoCloseable {
  private final Output talk;
  private final String what;
  private final boolean shown;
  private boolean open;

  Percents(Output talk, Terminal around, String what) {
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
