package dev.baton.cli.server;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Output;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton openapi}. */
@Command(
    name = "openapi",
    description = "Print the description of the HTTP routes, as JSON.",
    exitCodeList = {"0:printed", ExitCodes.USAGE_LINE})
public final class OpenapiCommand implements Callable<Integer> {
  private static final Set<String> VERSIONS = Set.of("3.1.0", "3.0.3");

  private final CliContext context;

  @Mixin private final Output console = new Output();

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      defaultValue = "3.1.0",
      description = "3.1.0 or 3.0.3 (default: ${DEFAULT-VALUE}).")
  private String version = "3.1.0";

  @Option(names = "--dialect", paramLabel = "NAME", description = "The routes of one dialect only.")
  private Optional<String> dialect = Optional.empty();

  public OpenapiCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!VERSIONS.contains(version)) {
      throw CommandFailure.usage("--version is 3.1.0 or 3.0.3");
    }
    console.print(context.backend().openapi(version, dialect));
    return ExitCodes.OK;
  }
}
