package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Settlement;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code baton fail}. */
@Command
public final class FailCommand extends HeldCommand {
  @Option(
      names = "--code",
      paramLabel = "WORD",
      defaultValue = "FAILED",
      description = "A stable word for programs (default: ${DEFAULT-VALUE}).")
  private String code = "FAILED";

  @Option(
      names = "--message",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why, for people.")
  private String message = "";

  @Option(names = "--permanent", description = "Another attempt would fail, too: give it up.")
  private boolean permanent;

  @Option(
      names = "--retry-after",
      paramLabel = "DURATION",
      description = "Rest so long before the next attempt, instead of the backoff.")
  private Optional<Duration> retryAfter = Optional.empty();

  public FailCommand(CliContext context) {
    super(context, "Say that an attempt failed.", "0:the failure is stored");
  }

  @Override
  Deed deed(LeaseId lease) {
    if (code.isEmpty() || code.length() > Failure.MAX_CODE_LENGTH) {
      throw CommandFailure.usage("--code is 1 to " + Failure.MAX_CODE_LENGTH + " characters");
    }
    Settlement.Fail fail =
        new Settlement.Fail(lease, new Failure(code, message, !permanent), retryAfter);
    return (server, members) -> {
      server.fail(fail);
      members.put("retryable", !permanent);
      return "the failure is stored";
    };
  }
}
