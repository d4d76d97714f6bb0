package dev.baton.cli.server;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.FileOption;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Texts;
import dev.baton.core.port.Maintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton backup}. */
@Command(
    name = "backup",
    description = "Copy a database file, also while a server has it open, and prove the copy.",
    exitCodeList = {
      "0:the copy is whole",
      ExitCodes.USAGE_LINE,
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.CANNOT_WRITE_LINE,
      ExitCodes.REFUSED_LINE
    })
public final class BackupCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Output console = new Output();
  @Mixin private final FileOption file = new FileOption();

  @Parameters(
      paramLabel = "TO",
      arity = "1",
      description = "Where the copy goes; - is standard output.")
  private Path copy = Path.of("");

  @Option(names = "--force", description = "Replace a file that is there.")
  private boolean force;

  public BackupCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path database = file.existing(context.terminal());
    if (Texts.isStandard(copy)) {
      return stream(database);
    }
    if (Files.exists(copy) && !force) {
      throw CommandFailure.usage(copy + " is there already: --force replaces it");
    }
    Copies.tell(console, copy(database, copy));
    return ExitCodes.OK;
  }

  /** The copy is proved before the first byte of it is written. */
  private int stream(Path database) {
    if (console.json()) {
      throw CommandFailure.usage("--json and - both want standard output");
    }
    try {
      Path directory = Files.createTempDirectory("baton-backup");
      Path whole = directory.resolve("copy.db");
      try {
        Maintenance.Copied copied = copy(database, whole);
        Files.copy(whole, context.data());
        Copies.tell(console, new Maintenance.Copied(database, copied.bytes(), copied.tasks()));
      } finally {
        Files.deleteIfExists(whole);
        Files.delete(directory);
      }
      return ExitCodes.OK;
    } catch (IOException e) {
      throw Texts.unwritable(Path.of("-"), e);
    }
  }

  private Maintenance.Copied copy(Path database, Path copy) {
    try (Percents percents = new Percents(console, context.terminal(), "copied")) {
      return context
          .backend()
          .maintenance(database, CliBackend.Use.READING)
          .backup(copy, percents::show);
    }
  }
}
