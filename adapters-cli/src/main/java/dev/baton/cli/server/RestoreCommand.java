package dev.baton.cli.server;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.Consent;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.FileOption;
import dev.baton.cli.shared.LockOption;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code baton restore}. */
@Command(
    name = "restore",
    description = "Put a backup in the place of a database file; the old one is kept beside it.",
    exitCodeList = {
      "0:the backup is in place",
      ExitCodes.USAGE_LINE,
      "66:there is no such backup",
      ExitCodes.CANNOT_WRITE_LINE,
      ExitCodes.DISK_FULL_LINE,
      ExitCodes.IO_ERROR_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.NO_PERMISSION_LINE,
      "78:the backup is damaged or of a newer Baton"
    })
public final class RestoreCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Output console = new Output();
  @Mixin private final FileOption file = new FileOption();
  @Mixin private final LockOption lock = new LockOption();
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final Consent consent = new Consent();

  @Parameters(paramLabel = "FROM", arity = "1", description = "The backup; - is standard input.")
  private Path from = Path.of("");

  public RestoreCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path backup = Texts.toRead(from, context.terminal());
    if (!Files.isRegularFile(backup)) {
      throw new CommandFailure(ExitCodes.NO_INPUT, "NO_INPUT", "there is no file " + backup);
    }
    Path database = file.path(context.terminal());
    if (Files.exists(database)) {
      consent.require("replace " + database + " by " + from, context.terminal(), console);
    }
    Copies.tell(
        console,
        context
            .backend()
            .maintenance(database, lock.use(CliBackend.Use.Kind.SHORT, spec))
            .restore(backup));
    return ExitCodes.OK;
  }
}
