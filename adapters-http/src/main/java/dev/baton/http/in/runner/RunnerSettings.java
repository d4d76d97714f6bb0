package dev.baton.http.in.runner;

import static java.util.Objects.requireNonNull;

/**
 * What an operator chooses of this dialect.
 *
 * @param version of the server, as the status shows it
 * @param autoExecute whether a task that is in no batch runs by itself, unless its request says
 *     otherwise
 * @param strict whether an unknown member of a body is refused; otherwise it is ignored and named
 * @param machine that it runs on
 */
public record RunnerSettings(String version, boolean autoExecute, boolean strict, Machine machine) {
  public static final RunnerSettings DEFAULT =
      new RunnerSettings("dev", true, false, Machine.UNKNOWN);

  public RunnerSettings {
    requireNonNull(version, "version");
    requireNonNull(machine, "machine");
  }

  public RunnerSettings withVersion(String newVersion) {
    return new RunnerSettings(newVersion, autoExecute, strict, machine);
  }

  public RunnerSettings withAutoExecute(boolean execute) {
    return new RunnerSettings(version, execute, strict, machine);
  }

  public RunnerSettings withStrict(boolean refused) {
    return new RunnerSettings(version, autoExecute, refused, machine);
  }

  public RunnerSettings withMachine(Machine known) {
    return new RunnerSettings(version, autoExecute, strict, known);
  }
}
