package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.task.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code baton extend}. */
@Command
public final class ExtendCommand extends HeldCommand {
  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "2m",
      description = "How long from now on; never shortens (default: ${DEFAULT-VALUE}).")
  private Duration leaseFor = Duration.ofMinutes(2);

  @Option(names = "--percent", paramLabel = "N", description = "How far the work is, 0 to 100.")
  private Optional<Integer> percent = Optional.empty();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "A word about it, with --percent.")
  private String note = "";

  public ExtendCommand(CliContext context) {
    super(context, "Hold a prompt longer, and say how far the work is.", "0:the lease is extended");
  }

  @Override
  Deed deed(LeaseId lease) {
    Optional<Progress> progress = percent.map(value -> new Progress(value, note));
    return (server, members) -> {
      Instant until = server.extend(lease, leaseFor, progress);
      members.put("leaseExpiresAt", until.toString());
      return "leased until " + until;
    };
  }
}
