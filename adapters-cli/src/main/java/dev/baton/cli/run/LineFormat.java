package dev.baton.cli.run;

import java.io.IOException;
import java.io.Reader;

/** How answers are written to the output, and read back from it. For one thread. */
interface LineFormat {

  /** What comes before the first line; empty for nothing. */
  String head();

  /** One line, with its end. */
  String format(AnswerLine line);

  /** Whether a line may be within quotes when it ends. */
  boolean quotes();

  /**
   * Reads lines back.
   *
   * @throws IOException when this is not the output of a run
   */
  void read(Reader reader, Sink written) throws IOException;

  /** Takes lines as they are read. */
  @FunctionalInterface
  interface Sink {
    void accept(Written line) throws IOException;
  }

  /**
   * What a written line tells.
   *
   * @param text the line itself, with its end
   */
  record Written(int row, String taskId, boolean answered, String text) {}
}
