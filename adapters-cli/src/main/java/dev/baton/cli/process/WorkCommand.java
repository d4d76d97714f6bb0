package dev.baton.cli.process;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Where;
import dev.baton.cli.shared.Where.Queues;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton work}. */
@Command(
    name = "work",
    description = {
      "Make any program a worker: it finds the prompt on its standard input and writes the answer",
      "to its standard output.",
      "",
      "Exit code 0 completes the task with that answer; any other fails the attempt. The lease is",
      "extended every third of it while the program runs. The program is ended, with all that it",
      "started, when the lease is lost or the task cancelled, and when this command is ended, which",
      "gives the prompt back; a second Ctrl-C ends at once and leaves the lease to expire.",
      "",
      "The program finds BATON_TASK_ID, BATON_LEASE_ID, BATON_ATTEMPT, BATON_MODEL and, as JSON,",
      "BATON_META, BATON_MESSAGES, BATON_PARAMS and BATON_OPTIONS in its environment; what is over",
      "100,000 bytes is left out there. A conversation is one text on standard input, each turn with",
      "its role before it, unless --input json asks for its parts."
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:ended as told, and no attempt failed",
      ExitCodes.USAGE_LINE,
      "3:nothing was ready",
      "66:there is no such database, or no such program",
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE,
      "80:ended as told, and some attempt failed"
    })
public final class WorkCommand implements Callable<Integer> {
  private static final int CONCURRENCY_MAX = 256;

  private final CliContext context;

  @Mixin private final Where where = new Where();
  @Mixin private final Output console = new Output();
  @Mixin private final Queues queues = new Queues();

  @Parameters(
      arity = "1..*",
      paramLabel = "PROGRAM",
      description = "The program and its arguments; put -- before them.")
  private List<String> command = List.of();

  @Option(
      names = "--lease",
      paramLabel = "DURATION",
      defaultValue = "2m",
      description = "How long to hold a prompt at a time (default: ${DEFAULT-VALUE}).")
  private Duration lease = Duration.ofMinutes(2);

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "Fail the attempt when the program takes longer.")
  private Optional<Duration> timeout = Optional.empty();

  @Option(
      names = "--permanent-exit",
      paramLabel = "CODE",
      split = ",",
      description = "Exit codes after which another attempt is pointless.")
  private Set<Integer> permanentExits = Set.of();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "1",
      description = "Programs at a time, 1 to 256 (default: ${DEFAULT-VALUE}).")
  private int concurrency = 1;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "End when nothing was ready for so long; 0s: at once (default: never).")
  private Optional<Duration> wait = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "FORM",
      defaultValue = "text",
      description =
          "What the program finds on standard input: text, or json with all that is asked"
              + " (default: ${DEFAULT-VALUE}).")
  private String input = "text";

  @Option(names = "--once", description = "End after one prompt.")
  private boolean once;

  @Option(
      names = "--worker",
      paramLabel = "NAME",
      description = "Who holds the leases (default: work-PID).")
  private Optional<WorkerId> worker = Optional.empty();

  public WorkCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (concurrency < 1 || concurrency > CONCURRENCY_MAX || (once && concurrency != 1)) {
      throw CommandFailure.usage("--concurrency is from 1 to 256, and 1 with --once");
    }
    WorkReport report = new WorkReport(console);
    try (TaskClient server = where.lasting().open(context);
        WorkerPool pool =
            WorkerPool.start(server, options(), report, context.terminal().stop(), concurrency)) {
      pool.await();
    }
    return report.exitCode();
  }

  private WorkOptions.Input input() {
    return switch (input) {
      case "text" -> WorkOptions.Input.TEXT;
      case "json" -> WorkOptions.Input.JSON;
      default -> throw CommandFailure.usage("--input is text or json");
    };
  }

  private WorkOptions options() {
    if (lease.toMillis() < 1) {
      throw CommandFailure.usage("--lease is at least 1 ms");
    }
    return new WorkOptions(
        command,
        queues.names(),
        worker.orElseGet(() -> new WorkerId("work-" + ProcessHandle.current().pid())),
        lease,
        timeout,
        permanentExits,
        wait,
        once,
        queues.models(),
        input());
  }
}
