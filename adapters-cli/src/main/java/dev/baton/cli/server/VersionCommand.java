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
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {"0:printed"})
public final class VersionCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Output talk = new Output();

  public VersionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String version = context.toolbox().version();
    if (talk.json()) {
      talk.print(
          new Jsons.Members()
              .put("version", version)
              .put("java", System.getProperty("java.version", ""))
              .toMap());
    } else {
      talk.print("baton " + version);
    }
    return ExitCodes.OK;
  }
}
