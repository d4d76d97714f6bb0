package dev.baton.cli.server;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Consent;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.FileOption;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.LockOption;
import dev.baton.cli.shared.Output;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.port.Maintenance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code baton prune}. */
@Command(
    name = "prune",
    description = "Remove tasks and whole batches that are over, with their texts, for good.",
    exitCodeList = {
      "0:they are gone",
      "2:wrong usage, or nobody to ask and no --yes",
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.DISK_FULL_LINE,
      ExitCodes.IO_ERROR_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.NO_PERMISSION_LINE,
      ExitCodes.REFUSED_LINE
    })
public final class PruneCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Output console = new Output();
  @Mixin private final FileOption file = new FileOption();
  @Mixin private final LockOption lock = new LockOption();
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final Consent consent = new Consent();

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      required = true,
      description = "Only tasks that were over for longer, such as 30d.")
  private Duration olderThan = Duration.ZERO;

  @Option(names = "--compact", description = "Give the room back to the file system, too.")
  private boolean compact;

  public PruneCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path database = file.existing(context.terminal());
    consent.require(
        "remove tasks of %s that were over for longer than %s"
            .formatted(database, DurationText.of(olderThan)),
        context.terminal(),
        console);
    Maintenance maintenance =
        context.backend().maintenance(database, lock.use(CliBackend.Use.Kind.SHORT, spec));
    long removed = maintenance.prune(olderThan, soFar -> {});
    long bytes = compact ? maintenance.compact() : 0;
    if (console.json()) {
      console.print(new Jsons.Members().put("removed", removed).put("bytesFreed", bytes).toMap());
    }
    console.say(removed + " tasks removed" + (compact ? ", " + bytes + " bytes freed" : ""));
    return ExitCodes.OK;
  }
}
