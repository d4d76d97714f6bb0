package dev.baton.cli.run;

import dev.baton.cli.shared.Output;

/** Shows no bar: nobody looks on. */
public final class PlainView implements RunView {
  private final Output talk;

  public PlainView(Output talk) {
    this.talk = talk;
  }

  @Override
  public void progress(long settled, long read, boolean complete) {}

  @Override
  public void say(String sentence) {
    talk.err().println(sentence);
    talk.err().flush();
  }

  @Override
  public void close() {}
}
