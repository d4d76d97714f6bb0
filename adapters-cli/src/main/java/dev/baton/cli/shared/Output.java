package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command writes: data to standard output, messages to standard error. */
public final class Output {
  public static final String JSON_OPTION = "--json";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = JSON_OPTION,
      description = "Speak JSON: data on standard output, errors on standard error.")
  private boolean json;

  /** Whether a program listens. */
  public boolean json() {
    return json;
  }

  /** A line of data. */
  public void print(String line) {
    out().println(line);
  }

  /** A line of data for programs. */
  public void print(Map<String, Object> members) {
    out().println(Jsons.write(members));
  }

  /** Data as it is, with nothing added. */
  public void printRaw(String text) {
    out().print(text);
    out().flush();
  }

  /** A word to people; a program that listens does not want to hear it. */
  public void say(String line) {
    if (!json) {
      // A word about what was printed stands below it.
      out().flush();
      err().println(line);
    }
  }

  public PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }

  public PrintWriter err() {
    return requireNonNull(spec).commandLine().getErr();
  }
}
