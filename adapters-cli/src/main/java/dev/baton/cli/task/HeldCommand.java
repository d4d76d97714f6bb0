package dev.baton.cli.task;

import static java.util.Objects.requireNonNull;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.LeaseId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command of whoever holds a prompt, about its lease. */
@Command
abstract class HeldCommand extends ServerCommand {

  @Parameters(
      paramLabel = "LEASE",
      arity = "1",
      description = "The lease, as 'baton lease' told it.")
  private @Nullable LeaseId named;

  HeldCommand(CliContext context, String description, String done) {
    super(context, Words.of(description, done, ExitCodes.NOT_FOUND_LINE, ExitCodes.CONFLICT_LINE));
  }

  /** What is to be done, once all that the command line says of it has been looked at. */
  @FunctionalInterface
  interface Deed {

    /** Does it, writes members of its own, and gives the sentence for people. */
    String apply(TaskClient server, Jsons.Members members);
  }

  /**
   * What this command does with {@code lease}.
   *
   * @throws IllegalArgumentException when a value is refused
   */
  abstract Deed deed(LeaseId lease);

  @Override
  public final Integer call() {
    LeaseId lease = requireNonNull(named, "named");
    Deed deed = checked(lease);
    try (TaskClient server = where.open(context)) {
      Jsons.Members members = new Jsons.Members().put("taskId", lease.taskId().value());
      String sentence = deed.apply(server, members);
      if (console.json()) {
        console.print(members.toMap());
      }
      console.say(sentence);
    }
    return ExitCodes.OK;
  }

  private Deed checked(LeaseId lease) {
    try {
      return deed(lease);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
