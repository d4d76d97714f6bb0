package dev.baton.cli.run;

import dev.baton.cli.process.WorkLog;
import dev.baton.cli.process.WorkOptions;
import dev.baton.cli.process.WorkerPool;
import dev.baton.cli.shared.CliBackend.Target;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Texts;
import dev.baton.cli.shared.Where;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton run}. */
@Command(
    name = "run",
    description = {
      "Submit every row of a file and write the answers as they come.",
      "",
      "JSON Lines: an object with 'prompt' a line; CSV: a header with a column 'prompt'. 'id' is",
      "kept for the output, everything else goes to the worker as metadata. Any worker answers;",
      "--program starts some here. A database file is this run's alone while it goes on: without",
      "--program it only submits, and fetches what is answered. A run that was ended goes on when",
      "the same command is given again: no row is submitted or written twice. In a CSV output, a",
      "cell that a spreadsheet would take for a formula begins with an apostrophe; JSON Lines keep",
      "answers to the letter."
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:every row has its answer (with --submit-only: is submitted)",
      ExitCodes.USAGE_LINE,
      "5:a row says something else than when it was answered",
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.CANNOT_WRITE_LINE,
      "75:another process has the database open, or writes to the output",
      ExitCodes.REFUSED_LINE,
      "80:some rows were bad or failed, also in an earlier run, or the run was ended before its end"
    })
public final class RunCommand implements Callable<Integer> {
  private static final int CONCURRENCY_MAX = 256;

  private final CliContext context;

  @Mixin private final Where where = new Where();
  @Mixin private final Output talk = new Output();

  @Parameters(
      paramLabel = "INPUT",
      arity = "1",
      description = "A file: .csv, or JSON Lines; - is standard input, in JSON Lines.")
  private Path input = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = "A file: .csv, or JSON Lines; - is standard output, in JSON Lines.")
  private Path output = Path.of("");

  @Option(
      names = "--queue",
      paramLabel = "NAME",
      description =
          "Where to queue the rows (default: default; with --program integration, which no"
              + " executor of a server works).")
  private Optional<QueueName> queue = Optional.empty();

  @Option(
      names = "--priority",
      paramLabel = "WORD",
      defaultValue = "normal",
      description = "low, normal, high or urgent (default: ${DEFAULT-VALUE}).")
  private Priority priority = Priority.NORMAL;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Leases of each row in all, 0 for no bound (default: ${DEFAULT-VALUE}).")
  private int maxAttempts;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Names the run, so that its input may move (default: the input's path, or - for standard"
              + " input).")
  private Optional<String> name = Optional.empty();

  @Option(names = "--submit-only", description = "Do not wait: a later run fetches the answers.")
  private boolean submitOnly;

  @Option(names = "--retry-failed", description = "Give rows that failed another chance.")
  private boolean retryFailed;

  @Option(
      names = "--program",
      paramLabel = "COMMAND",
      description = "Work the queue here, too, with this shell command, as 'baton work' does.")
  private Optional<String> program = Optional.empty();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "1",
      description = "Programs at a time, 1 to 256 (default: ${DEFAULT-VALUE}).")
  private int concurrency = 1;

  @Option(
      names = "--lease",
      paramLabel = "DURATION",
      defaultValue = "2m",
      description = "How long --program holds a prompt at a time (default: ${DEFAULT-VALUE}).")
  private Duration lease = Duration.ofMinutes(2);

  public RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    RunOptions options = options();
    StopSignal stop = context.terminal().stop();
    StopSignal.Busy busy = stop.busy(() -> {});
    try (RowSource rows = RowSource.open(options.input(), context.terminal().in());
        TaskClient server = where.lasting().openOrCreate(context);
        AnswerFile answers = AnswerFile.open(output, retryFailed, context.data());
        RunView view = view()) {
      RunTotals totals = run(server, rows, answers, options, new Run.Watch(view, stop, () -> {}));
      return conclude(totals, stop);
    } finally {
      busy.close();
    }
  }

  private RunTotals run(
      TaskClient server, RowSource rows, AnswerFile answers, RunOptions options, Run.Watch watch)
      throws InterruptedException {
    if (program.isEmpty() || submitOnly) {
      return new Run(server, rows, answers, options, watch).run();
    }
    WorkLog log = new QuietLog(watch.view());
    try (WorkerPool pool =
        WorkerPool.start(server, workOptions(), log, watch.stop(), concurrency)) {
      Runnable health =
          () ->
              pool.failure()
                  .ifPresent(
                      failure -> {
                        throw failure;
                      });
      Run.Watch closer = new Run.Watch(watch.view(), watch.stop(), health);
      return new Run(server, rows, answers, options, closer).run();
    }
  }

  private RunOptions options() throws IOException {
    if (maxAttempts < 0 || concurrency < 1 || concurrency > CONCURRENCY_MAX) {
      throw CommandFailure.usage("--max-attempts is 0 or more, --concurrency is from 1 to 256");
    }
    return new RunOptions(
        input,
        name.isPresent() ? name.get() : realPath(input),
        queue.orElse(program.isEmpty() ? QueueName.DEFAULT : QueueName.INTEGRATION),
        priority,
        maxAttempts == 0 ? RetryPolicy.UNLIMITED : maxAttempts,
        program.isEmpty() && where.target(context.terminal()) instanceof Target.File,
        submitOnly,
        retryFailed);
  }

  private static String realPath(Path file) {
    try {
      return Texts.isStandard(file) ? file.toString() : file.toRealPath().toString();
    } catch (IOException e) {
      throw Texts.unreadable(file.toString(), e);
    }
  }

  private WorkOptions workOptions() {
    return new WorkOptions(
        List.of("/bin/sh", "-c", program.orElseThrow()),
        // Rows that an earlier run without a program has submitted lie in the other one.
        queue.map(List::of).orElse(List.of(QueueName.INTEGRATION, QueueName.DEFAULT)),
        new WorkerId("run-" + ProcessHandle.current().pid()),
        lease,
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        false,
        List.of(),
        WorkOptions.Input.TEXT);
  }

  private RunView view() {
    return context.terminal().showsProgress() && !talk.json()
        ? new BarView(talk, context.terminal().width())
        : new PlainView(talk);
  }

  private int conclude(RunTotals totals, StopSignal stop) {
    boolean ended = stop.isStopped();
    if (talk.json()) {
      Map<String, Object> summary =
          new Jsons.Members()
              .put("before", totals.before)
              .put("submitted", totals.submitted)
              .put("failedBefore", totals.failedBefore)
              .put("answered", totals.answered)
              .put("failed", totals.failed)
              .put("bad", totals.bad)
              .put("unanswered", totals.unanswered)
              .put("whole", totals.isWhole() && !ended)
              .toMap();
      print(summary);
    }
    talk.say(
        "%d answered, %d failed, %d bad; %d were there before"
            .formatted(totals.answered, totals.failed, totals.bad, totals.before));
    if (totals.failedBefore > 0) {
      talk.say(totals.missing());
    }
    if (ended) {
      talk.say("ended before its end: give the same command again to go on");
    } else if (totals.unanswered > 0) {
      talk.say(
          "%d rows wait, and no other process can answer while this one has the database: give --program, or go through --server"
              .formatted(totals.unanswered));
    }
    return totals.isWhole() && !ended ? ExitCodes.OK : ExitCodes.PARTIAL;
  }

  /** Answers on standard output keep it to themselves. */
  private void print(Map<String, Object> summary) {
    if (Texts.isStandard(output)) {
      talk.err().println(Jsons.write(summary));
    } else {
      talk.print(summary);
    }
  }
}
