package dev.baton.http.in.runner.shared;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What an operator chooses of this dialect.
 *
 * @param version of the server, as the status shows it
 * @param autoExecute whether a task that is in no batch runs by itself, unless its request says
 *     otherwise
 * @param strict whether an unknown member of a body is refused; otherwise it is ignored and named
 * @param machine that it runs on
 * @param uploadMax bytes of a form with a batch's rows
 */
public record RunnerSettings(
    String version, boolean autoExecute, boolean strict, NodeStatus machine, long uploadMax) {
  public static final RunnerSettings DEFAULT =
      new RunnerSettings("dev", true, false, NodeStatus.UNKNOWN, 1L << 30);

  public RunnerSettings {
    requireNonNull(version, "version");
    requireNonNull(machine, "machine");
    checkArgument(uploadMax > 0, "an upload has room");
  }

  public RunnerSettings withVersion(String newVersion) {
    return new RunnerSettings(newVersion, autoExecute, strict, machine, uploadMax);
  }

  public RunnerSettings withAutoExecute(boolean execute) {
    return new RunnerSettings(version, execute, strict, machine, uploadMax);
  }

  public RunnerSettings withStrict(boolean refused) {
    return new RunnerSettings(version, autoExecute, refused, machine, uploadMax);
  }

  public RunnerSettings withMachine(NodeStatus known) {
    return new RunnerSettings(version, autoExecute, strict, known, uploadMax);
  }

  public RunnerSettings withUploadMax(long bytes) {
    return new RunnerSettings(version, autoExecute, strict, machine, bytes);
  }
}
