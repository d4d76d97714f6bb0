package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Texts;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.input.TaskInput;
import dev.baton.core.domain.input.TaskInputReader;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton put}. */
@Command(
    name = "put",
    description = "Submit a prompt and print its task's id.",
    exitCodeList = {"0:the task is stored", "5:the id is taken by other content"})
public final class PutCommand extends ServerCommand {
  private static final TaskInputReader INPUT = new TaskInputReader(Jsons.CODEC);

  @Parameters(
      arity = "0..1",
      paramLabel = "PROMPT",
      description =
          "The prompt; - or nothing: read it from standard input, unless there are --messages.")
  private Optional<String> prompt = Optional.empty();

  @Option(names = "--file", paramLabel = "FILE", description = "Read the prompt from a file.")
  private Optional<Path> file = Optional.empty();

  @Mixin private final AskOptions asked = new AskOptions();

  @Option(
      names = "--meta",
      paramLabel = "JSON",
      description = "A JSON object that the worker gets with the prompt.")
  private Metadata metadata = Metadata.EMPTY;

  @Option(
      names = "--queue",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Where to queue it (default: ${DEFAULT-VALUE}).")
  private QueueName queue = QueueName.DEFAULT;

  @Option(
      names = "--priority",
      paramLabel = "WORD",
      defaultValue = "normal",
      description = "low, normal, high or urgent (default: ${DEFAULT-VALUE}).")
  private Priority priority = Priority.NORMAL;

  @Option(names = "--id", paramLabel = "ID", description = "Its id; default: one is made.")
  private Optional<TaskId> id = Optional.empty();

  @Option(
      names = "--dedupe-key",
      paramLabel = "KEY",
      description = "Return the task that has this key instead of making another.")
  private Optional<DedupeKey> dedupeKey = Optional.empty();

  @Option(names = "--delay", paramLabel = "DURATION", description = "Hold it for so long first.")
  private Optional<Duration> delay = Optional.empty();

  @Option(names = "--start-at", paramLabel = "INSTANT", description = "Hold it until then.")
  private Optional<Instant> startAt = Optional.empty();

  @Option(
      names = "--deadline",
      paramLabel = "INSTANT",
      description = "Give it up when it has no answer by then.")
  private Optional<Instant> deadline = Optional.empty();

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Leases in all, 0 for no bound (default: ${DEFAULT-VALUE}).")
  private int maxAttempts;

  public PutCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    NewTask task = task();
    try (TaskClient server = where.openOrCreate(context)) {
      TaskClient.Receipt receipt = server.put(List.of(task)).get(0);
      if (console.json()) {
        console.print(
            new Jsons.Members()
                .put("taskId", receipt.id().value())
                .put("replayed", receipt.replayed())
                .toMap());
      } else {
        console.print(receipt.id().value());
      }
      if (receipt.replayed()) {
        console.say("it was there already: nothing was added");
      }
      return ExitCodes.OK;
    }
  }

  /** The prompt and its metadata by the rules that hold for every way in. */
  private NewTask.Builder said() {
    Map<Member, Object> said = asked.said(context.terminal());
    prompt().ifPresent(text -> said.put(Member.PROMPT, text));
    said.put(Member.METADATA, metadata.json());
    TaskInput input = INPUT.members(said);
    return input.task().orElseThrow(() -> CommandFailure.usage(input.sentence()));
  }

  private Optional<String> prompt() {
    if (asked.converses() && prompt.isEmpty() && file.isEmpty()) {
      return Optional.empty();
    }
    if (asked.takeStandardInput() && (prompt.equals(Optional.of("-")) || isStandardInput(file))) {
      throw CommandFailure.usage("prompt and messages can't both be standard input");
    }
    String text = Texts.read(prompt, file, context.terminal(), Texts.PROMPT_MAX);
    if (text.isBlank()) {
      throw CommandFailure.usage("the prompt is empty");
    }
    return Optional.of(text);
  }

  private static boolean isStandardInput(Optional<Path> file) {
    return file.filter(Texts::isStandard).isPresent();
  }

  private NewTask task() {
    if (delay.isPresent() && startAt.isPresent()) {
      throw CommandFailure.usage("--delay and --start-at exclude each other");
    }
    if (maxAttempts < 0) {
      throw CommandFailure.usage("--max-attempts is at least 1, or 0 for no bound");
    }
    try {
      return said()
          .id(id.orElse(null))
          .queue(queue)
          .priority(priority)
          .startAt(startAt.or(() -> delay.map(context.clock().instant()::plus)).orElse(null))
          .deadline(deadline.orElse(null))
          .retry(
              RetryPolicy.DEFAULT.withMaxAttempts(
                  maxAttempts == 0 ? RetryPolicy.UNLIMITED : maxAttempts))
          .dedupeKey(dedupeKey.orElse(null))
          .build();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
