package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClient.Edit;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.input.TaskInput;
import dev.baton.core.domain.input.TaskInputReader;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton task edit}. */
@Command(
    name = "edit",
    description = "Change a task that waits; what is not named stays as it is.",
    exitCodeList = {"0:the task was changed", ExitCodes.NOT_FOUND_LINE, ExitCodes.CONFLICT_LINE})
final class EditCommand extends ServerCommand {
  private static final TaskInputReader INPUT = new TaskInputReader(Jsons.CODEC);

  @Parameters(paramLabel = "TASK", arity = "1", description = "The task's id.")
  private TaskId id = new TaskId("none");

  @Option(names = "--text", paramLabel = "PROMPT", description = "What it asks.")
  private Optional<String> text = Optional.empty();

  @Option(names = "--meta", paramLabel = "JSON", description = "Its metadata, an object.")
  private Optional<Metadata> metadata = Optional.empty();

  @Option(names = "--priority", paramLabel = "WORD", description = "low, normal, high or urgent.")
  private Optional<Priority> priority = Optional.empty();

  @Option(names = "--start-at", paramLabel = "INSTANT", description = "Not before this instant.")
  private Optional<Instant> startAt = Optional.empty();

  @Option(names = "--deadline", paramLabel = "INSTANT", description = "Dead after this instant.")
  private Optional<Instant> deadline = Optional.empty();

  @Mixin private final AskOptions asked = new AskOptions();

  EditCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    NewTask told = told();
    Optional<String> label =
        asked.converses() ? Optional.of(told.prompt().text()) : Optional.empty();
    Edit edit =
        new Edit(
            text.or(() -> label),
            metadata,
            priority,
            startAt,
            deadline,
            told.model(),
            told.prompt().parameters());
    if (edit.equals(Edit.NOTHING)) {
      throw CommandFailure.usage("name what to change, such as --priority high");
    }
    try (TaskClient server = where.open(context)) {
      return Moves.each(List.of(id), task -> server.edit(task, edit), console);
    }
  }

  /** What is said of the prompt, by the rules that hold for every way in. */
  private NewTask told() {
    Map<Member, Object> said = asked.said(context.terminal());
    text.ifPresent(prompt -> said.put(Member.PROMPT, prompt));
    TaskInput input = INPUT.changes(said);
    return input.task().orElseThrow(() -> CommandFailure.usage(input.sentence())).build();
  }
}
