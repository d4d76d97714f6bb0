package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.task.Settlement;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code baton release}. */
@Command
public final class ReleaseCommand extends HeldCommand {
  @Option(names = "--delay", paramLabel = "DURATION", description = "Hand it out after so long.")
  private Duration delay = Duration.ZERO;

  public ReleaseCommand(CliContext context) {
    super(context, "Give a prompt back: the attempt does not count.", "0:it is given back");
  }

  @Override
  Deed deed(LeaseId lease) {
    Settlement.Release release = new Settlement.Release(lease, delay);
    return (server, members) -> {
      server.release(release);
      return "given back";
    };
  }
}
