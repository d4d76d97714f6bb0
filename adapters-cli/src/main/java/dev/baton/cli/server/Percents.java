package dev.baton.cli.server;

import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Terminal;

/** Shows per cent on a terminal, and nothing elsewhere. For one thread. */
final class Percents implements AutoCloseable {
  private final Output console;
  private final String what;
  private final boolean shown;
  private boolean open;

  Percents(Output console, Terminal terminal, String what) {
    this.console = console;
    this.what = what;
    this.shown = terminal.showsProgress() && !console.json();
  }

  void show(long percent) {
    if (shown) {
      open = true;
      console.err().print("\r" + percent + " % " + what);
      console.err().flush();
    }
  }

  /** Ends the line. */
  @Override
  public void close() {
    if (open) {
      open = false;
      console.err().println();
    }
  }
}
