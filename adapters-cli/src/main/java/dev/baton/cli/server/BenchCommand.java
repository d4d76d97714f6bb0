package dev.baton.cli.server;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.StopSignal;
import dev.baton.core.client.TaskClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton bench}. */
@Command(
    name = "bench",
    description = "Measure this machine: the raw disk, the library, HTTP.",
    exitCodeList = {"0:measured", ExitCodes.USAGE_LINE, ExitCodes.CANNOT_WRITE_LINE})
public final class BenchCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Output console = new Output();

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      defaultValue = "all",
      description =
          "raw, embedded, http, backlog, wakeup, batch, executor, herd, webhooks or all"
              + " (default: ${DEFAULT-VALUE}).")
  private String what = "all";

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to make the databases (default: a temporary directory).")
  private Optional<Path> directory = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description = "How long each measurement takes (default: ${DEFAULT-VALUE}).")
  private Duration forHowLong = Duration.ofSeconds(5);

  @Option(
      names = "--callers",
      paramLabel = "N",
      defaultValue = "64",
      description = "Callers at once (default: ${DEFAULT-VALUE}).")
  private int callers = 64;

  @Option(
      names = "--list",
      paramLabel = "N",
      defaultValue = "64",
      description = "Tasks in a list, where lists are measured (default: ${DEFAULT-VALUE}).")
  private int listSize = 64;

  public BenchCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (callers < 1 || callers > 10_000 || listSize < 1 || listSize > TaskClient.BATCH_MAX) {
      throw CommandFailure.usage("--callers is from 1 to 10000, --list from 1 to 1000");
    }
    if (forHowLong.toMillis() < 1 || forHowLong.toHours() > 24) {
      throw CommandFailure.usage("--for is from 1ms to 24h");
    }
    CliBackend.BenchOptions options =
        new CliBackend.BenchOptions(what, directory, forHowLong, callers, listSize);
    StopSignal stop = context.terminal().stop();
    StopSignal.Busy busy = stop.busy(() -> {});
    try {
      context.backend().bench(options, stop, this::print);
    } finally {
      busy.close();
    }
    return ExitCodes.OK;
  }

  private void print(CliBackend.Figure figure) {
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("name", figure.name())
              .put("value", figure.value())
              .put("unit", figure.unit())
              .toMap());
    } else {
      console.print(
          "%-56s %14s %s".formatted(figure.name(), number(figure.value()), figure.unit()));
    }
    console.out().flush();
  }

  private static String number(double value) {
    return Math.abs(value) >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
