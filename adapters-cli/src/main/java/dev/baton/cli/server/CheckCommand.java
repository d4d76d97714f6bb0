package dev.baton.cli.server;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.FileOption;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Output;
import dev.baton.core.port.Maintenance;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton check}. */
@Command(
    name = "check",
    description = "Read a whole database file and say what is wrong with it.",
    exitCodeList = {
      "0:all is well",
      ExitCodes.USAGE_LINE,
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.DISK_FULL_LINE,
      ExitCodes.IO_ERROR_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.NO_PERMISSION_LINE,
      "78:something is wrong with it"
    })
public final class CheckCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Output console = new Output();
  @Mixin private final FileOption file = new FileOption();

  public CheckCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path database = file.existing(context.terminal());
    Maintenance.Checked checked =
        context.backend().maintenance(database, CliBackend.Use.READING).check();
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("file", database.toString())
              .put("intact", checked.isIntact())
              .put("schema", checked.schema())
              .put("tasks", checked.tasks())
              .put("findings", checked.findings())
              .toMap());
    } else {
      checked.findings().forEach(console::print);
    }
    if (checked.isIntact()) {
      console.say("%s is intact: %d tasks".formatted(database, checked.tasks()));
      return ExitCodes.OK;
    }
    console.say(database + " is damaged" + FileExam.advice(checked));
    return ExitCodes.REFUSED;
  }
}
