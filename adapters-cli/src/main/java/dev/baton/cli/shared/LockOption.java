package dev.baton.cli.shared;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of commands that may have to wait for another one on the same database file. */
public final class LockOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--lock-wait",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description =
          "How long to wait for another command on the same file; not for a server"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(5);

  /** How this command uses the file. */
  public CliBackend.Use use(CliBackend.Use.Kind kind) {
    return new CliBackend.Use(kind, command.qualifiedName(), patience, this::tell);
  }

  private void tell(String holder) {
    command
        .commandLine()
        .getErr()
        .println("baton: %s has the database: waiting for it".formatted(holder));
    command.commandLine().getErr().flush();
  }
}
