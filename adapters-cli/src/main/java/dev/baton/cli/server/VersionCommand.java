package dev.baton.cli.server;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton version}. */
@Command(
    name = "version",
    description = "Print the version of this build.",
    exitCodeList = {"0:printed"})
public final class VersionCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Output console = new Output();

  public VersionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String version = context.backend().version();
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("version", version)
              .put("java", System.getProperty("java.version", ""))
              .toMap());
    } else {
      console.print("baton " + version);
    }
    return ExitCodes.OK;
  }
}
