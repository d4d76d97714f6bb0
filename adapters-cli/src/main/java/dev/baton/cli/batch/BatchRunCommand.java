package dev.baton.cli.batch;

import dev.baton.cli.run.BarView;
import dev.baton.cli.run.Destination;
import dev.baton.cli.run.PlainView;
import dev.baton.cli.run.RunView;
import dev.baton.cli.run.Standstill;
import dev.baton.cli.shared.CliBackend.Target;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.client.BatchClient.Details;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton batch run}. */
@Command(
    name = "run",
    description = {
      "Make a batch of a file, start it, follow it and write its results.",
      "",
      "The server or its workers answer, so this goes through --server. Given again it goes on",
      "with the batch that is there; options that are named must be those that it was made with.",
      "For a database file, 'baton run' works without a server."
    },
    exitCodeList = {
      "0:every row has its answer",
      "5:another batch has this id, or it was made in another way",
      ExitCodes.CANNOT_WRITE_LINE,
      "80:some rows have no answer, or it was interrupted",
    })
final class BatchRunCommand extends ServerCommand {
  private static final Duration LOOK = Duration.ofMillis(250);

  @Mixin private final BatchInputOptions input = new BatchInputOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = "Where the results go once all are there; - is standard output.")
  private Path output = Path.of("");

  @Mixin private final ResultOptions results = new ResultOptions();

  BatchRunCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (where.target(context.terminal()) instanceof Target.File) {
      throw CommandFailure.usage(
          "nobody can answer while this process has the database: name a --server, or use"
              + " 'baton run' with --program");
    }
    if (console.json() && Destination.isStandardOutput(output)) {
      throw CommandFailure.usage("--json and -o - both want standard output");
    }
    StopSignal stop = context.terminal().stop();
    StopSignal.Busy busy = stop.busy(() -> {});
    try (Destination out = results.open(output, console);
        BatchClient server = where.lasting().batches(context)) {
      Batch batch =
          follow(
              server, begun(server, input.make(server, context.terminal(), console).batch()), stop);
      if (batch.state().isFinished()) {
        out.write(server, batch.id(), results.format(output));
      }
      return conclude(batch);
    } finally {
      busy.close();
    }
  }

  private static Batch begun(BatchClient server, Batch batch) {
    return switch (batch.state()) {
      case CREATED -> server.start(batch.id());
      case PAUSED -> server.resume(batch.id());
      default -> batch;
    };
  }

  private Batch follow(BatchClient server, Batch begun, StopSignal stop)
      throws InterruptedException {
    Batch batch = begun;
    Standstill standstill = new Standstill();
    try (RunView view = view()) {
      view.progress(batch.counts().over(), batch.counts().total(), true);
      while (!batch.state().isFinished() && !stop.await(LOOK)) {
        Details details = server.details(batch.id());
        batch = details.batch();
        view.progress(batch.counts().over(), batch.counts().total(), true);
        standstill.look(details).filter(sentence -> !console.json()).ifPresent(view::say);
      }
    }
    return batch;
  }

  private RunView view() {
    return context.terminal().showsProgress() && !console.json()
        ? new BarView(console, context.terminal().width())
        : new PlainView(console);
  }

  private int conclude(Batch batch) {
    if (console.json()) {
      console.print(Batches.json(batch));
    }
    console.say(
        "batch %s is %s: %d of %d answered"
            .formatted(
                batch.id(),
                Values.word(batch.state()),
                batch.counts().succeeded(),
                batch.counts().total()));
    if (!batch.state().isFinished()) {
      console.say(
          "it goes on without this command: give the same command again to follow it, and"
              + " 'baton batch results %s' tells what is there by now".formatted(batch.id()));
    }
    return batch.counts().succeeded() == batch.counts().total() ? ExitCodes.OK : ExitCodes.PARTIAL;
  }
}
