package dev.baton.cli.shared;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** Makes sure that somebody wants what can't be undone. */
public final class Consent {

  @Option(names = "--yes", description = "Do it without asking.")
  private boolean yes;

  /** Returns when {@code deed} is wanted; a pipe can't be asked, so it must say --yes. */
  public void require(String deed, Terminal terminal, Output console) {
    if (yes) {
      return;
    }
    if (!terminal.asks() || console.json()) {
      throw CommandFailure.usage("this would " + deed + ": give --yes to do it");
    }
    console.err().print("About to " + deed + ". Type yes to go on: ");
    console.err().flush();
    if (!"yes".equals(answer(terminal))) {
      throw CommandFailure.usage("nothing was done");
    }
  }

  private static String answer(Terminal terminal) {
    try {
      String line =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      throw CommandFailure.usage("no answer: nothing was done");
    }
  }
}
