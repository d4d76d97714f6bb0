package dev.baton.cli.run;

import dev.baton.cli.shared.Output;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a bar on a terminal. */
public final class BarView implements RunView {
  private final Output talk;
  private final ProgressBar bar;

  public BarView(Output talk, int width) {
    this.talk = talk;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("answers")
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setMaxRenderedLength(width - 1)
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, width - 1))
            .build();
  }

  /** Over the line that is there. */
  private void draw(String line) {
    talk.err().print("\r" + line.strip());
    talk.err().flush();
  }

  @Override
  public void progress(long settled, long read, boolean complete) {
    bar.maxHint(complete ? read : -1);
    bar.stepTo(settled);
  }

  @Override
  public void say(String sentence) {
    // The bar is longer than most sentences.
    talk.err().println("\r\u001b[K" + sentence);
    talk.err().flush();
  }

  @Override
  public void close() {
    bar.close();
    talk.err().println();
  }
}
