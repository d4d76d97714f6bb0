package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.task.Settlement;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton release}. */
@Command(
    name = "release",
    description = "Give a prompt back: the attempt does not count.",
    exitCodeList = {"0:it is given back", ExitCodes.NOT_FOUND_LINE, ExitCodes.CONFLICT_LINE})
public final class ReleaseCommand extends ServerCommand {
  @Parameters(paramLabel = "LEASE", description = "The lease, as 'baton lease' told it.")
  private List<LeaseId> leases = List.of();

  @Option(names = "--delay", paramLabel = "DURATION", description = "Hand it out after so long.")
  private Duration delay = Duration.ZERO;

  public ReleaseCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (leases.size() != 1) {
      throw CommandFailure.usage("name one lease");
    }
    LeaseId lease = leases.get(0);
    Settlement.Release release = settlement(lease);
    try (TaskClient server = where.open(context)) {
      server.release(release);
    }
    if (console.json()) {
      console.print(new Jsons.Members().put("taskId", lease.taskId().value()).toMap());
    }
    console.say("given back");
    return ExitCodes.OK;
  }

  private Settlement.Release settlement(LeaseId lease) {
    try {
      return new Settlement.Release(lease, delay);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
