package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Where.Queues;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.port.TaskRows;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton lease}. */
@Command(
    name = "lease",
    description = "Take the next prompt and print it, holding it under a lease.",
    exitCodeList = {"0:a prompt was printed", ExitCodes.NOTHING_READY_LINE})
public final class LeaseCommand extends ServerCommand {
  @Mixin private final Queues queues = new Queues();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "2m",
      description = "How long to hold it (default: ${DEFAULT-VALUE}).")
  private Duration leaseFor = Duration.ofMinutes(2);

  @Option(
      names = "--worker",
      paramLabel = "NAME",
      defaultValue = "cli",
      description = "Who holds it (default: ${DEFAULT-VALUE}).")
  private WorkerId worker = new WorkerId("cli");

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "1",
      description = "Prompts at most; more than one needs --json (default: ${DEFAULT-VALUE}).")
  private int max;

  @Option(
      names = "--max-chars",
      paramLabel = "N",
      description = "Leave prompts of more than N characters to others; messages count twice.")
  private int maxCharacters = TaskRows.ANY_LENGTH;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "Wait up to so long for a prompt, at most 5m.")
  private Duration wait = Duration.ZERO;

  public LeaseCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (max != 1 && !console.json()) {
      throw CommandFailure.usage("more than one prompt can be told apart with --json only");
    }
    if (wait.compareTo(TaskClient.WAIT_MAX) > 0) {
      throw CommandFailure.usage("--wait is at most 5m");
    }
    try (TaskClient server = where.open(context)) {
      List<Granted> leased = server.lease(ask(), wait);
      if (console.json()) {
        console.print(
            new Jsons.Members().put("prompts", leased.stream().map(TaskJson::of).toList()).toMap());
      } else if (!leased.isEmpty()) {
        print(leased.get(0));
      }
      if (leased.isEmpty()) {
        console.say("nothing is ready");
        return ExitCodes.NOTHING_READY;
      }
      return ExitCodes.OK;
    }
  }

  private TaskClient.Ask ask() {
    try {
      return new TaskClient.Ask(
          queues.names(), worker, leaseFor, max, queues.models(), maxCharacters);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private void print(Granted task) {
    // The prompt alone goes to standard console, so that it can be piped.
    console.print(task.prompt().text());
    console.say(
        "leased until %s; answer with: baton complete %s"
            .formatted(task.expiresAt(), task.lease()));
  }
}
