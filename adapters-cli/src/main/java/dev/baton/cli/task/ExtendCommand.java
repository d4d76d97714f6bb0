package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.task.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton extend}. */
@Command(
    name = "extend",
    description = "Hold a prompt longer, and say how far the work is.",
    exitCodeList = {"0:the lease is extended", ExitCodes.NOT_FOUND_LINE, ExitCodes.CONFLICT_LINE})
public final class ExtendCommand extends ServerCommand {
  @Parameters(paramLabel = "LEASE", description = "The lease, as 'baton lease' told it.")
  private List<LeaseId> leases = List.of();

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
    super(context);
  }

  @Override
  public Integer call() {
    if (leases.size() != 1) {
      throw CommandFailure.usage("name one lease");
    }
    LeaseId lease = leases.get(0);
    Optional<Progress> progress = progress();
    try (TaskClient server = where.open(context)) {
      Instant until = server.extend(lease, leaseFor, progress);
      if (console.json()) {
        console.print(
            new Jsons.Members()
                .put("taskId", lease.taskId().value())
                .put("leaseExpiresAt", until.toString())
                .toMap());
      }
      console.say("leased until " + until);
      return ExitCodes.OK;
    }
  }

  private Optional<Progress> progress() {
    try {
      return percent.map(value -> new Progress(value, note));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
