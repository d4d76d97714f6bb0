package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton fail}. */
@Command(
    name = "fail",
    description = "Say that an attempt failed.",
    exitCodeList = {"0:the failure is stored", ExitCodes.NOT_FOUND_LINE, ExitCodes.CONFLICT_LINE})
public final class FailCommand extends ServerCommand {
  @Parameters(paramLabel = "LEASE", description = "The lease, as 'baton lease' told it.")
  private List<LeaseId> leases = List.of();

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
    super(context);
  }

  @Override
  public Integer call() {
    if (leases.size() != 1) {
      throw CommandFailure.usage("name one lease");
    }
    LeaseId lease = leases.get(0);
    if (code.isEmpty() || code.length() > Failure.MAX_CODE_LENGTH) {
      throw CommandFailure.usage("--code is 1 to " + Failure.MAX_CODE_LENGTH + " characters");
    }
    Settlement.Fail fail = settlement(lease);
    try (TaskClient server = where.open(context)) {
      server.fail(fail);
    }
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("taskId", lease.taskId().value())
              .put("retryable", !permanent)
              .toMap());
    }
    console.say("the failure is stored");
    return ExitCodes.OK;
  }

  private Settlement.Fail settlement(LeaseId lease) {
    try {
      return new Settlement.Fail(lease, new Failure(code, message, !permanent), retryAfter);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
