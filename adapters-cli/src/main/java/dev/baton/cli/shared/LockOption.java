package dev.baton.cli.shared;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option of commands that may have to wait for another one on the same database file. */
public final class LockOption {

  @Option(
      names = "--lock-wait",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description =
          "How long to wait for another command on the same file; not for a server"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(5);

  /** How {@code command} uses the file. */
  public CliBackend.Use use(CliBackend.Use.Kind kind, CommandSpec command) {
    return new CliBackend.Use(
        kind, command.qualifiedName(), patience, holder -> tell(command.commandLine(), holder));
  }

  private static void tell(CommandLine command, String holder) {
    command.getErr().println("baton: %s has the database: waiting for it".formatted(holder));
    command.getErr().flush();
  }
}
