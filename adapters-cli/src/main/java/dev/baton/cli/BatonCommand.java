package dev.baton.cli;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code baton}: the root, which does nothing but hold the commands. */
@Command(
    name = "baton",
    description = {
      "A durable work server for LLM prompts: hands each prompt to one worker at a time,",
      "and keeps exactly one answer.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Most commands work on a database file (--db) while no server has it open, and through a"
          + " server (--server) otherwise. Data goes to standard output, messages to standard error."
    },
    exitCodeList = {
      "0:done",
      "1:a bug of Baton's",
      ExitCodes.USAGE_LINE,
      ExitCodes.NOTHING_READY_LINE,
      "4:there is no such task, batch, schedule or webhook",
      "5:a lease is lost, or a task or batch is in another state or taken by other content",
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.DISK_FULL_LINE,
      ExitCodes.REPLACED_LINE,
      ExitCodes.CANNOT_WRITE_LINE,
      ExitCodes.IO_ERROR_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.ADDRESS_TAKEN_LINE,
      ExitCodes.NO_PERMISSION_LINE,
      ExitCodes.REFUSED_LINE,
      ExitCodes.PARTIAL_LINE,
      ExitCodes.DRY_RUN_OK_LINE
    })
final class BatonCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw CommandFailure.usage("which command? 'baton --help' lists them");
  }
}
