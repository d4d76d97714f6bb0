package dev.baton.cli.task;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Texts;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton complete}. */
@Command(
    name = "complete",
    description = "Store the answer to a prompt.",
    exitCodeList = {
      "0:the answer is stored, now or before",
      ExitCodes.NOT_FOUND_LINE,
      ExitCodes.CONFLICT_LINE,
    })
public final class CompleteCommand extends ServerCommand {
  @Parameters(
      index = "0",
      paramLabel = "LEASE",
      description = "The lease; or the task's id, to answer a task that nobody has answered yet.")
  private String target = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ANSWER",
      description = "The answer; - or nothing: read it from standard input.")
  private Optional<String> answer = Optional.empty();

  @Option(names = "--file", paramLabel = "FILE", description = "Read the answer from a file.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--usage",
      paramLabel = "PROMPT,COMPLETION",
      split = ",",
      description = "Tokens of the prompt and of the answer.")
  private List<Long> usage = List.of();

  @Option(names = "--trace-id", paramLabel = "ID", description = "The worker's own trace id.")
  private Optional<String> traceId = Optional.empty();

  public CompleteCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    String text = Texts.read(answer, file, context.terminal(), Texts.ANSWER_MAX);
    Settlement.Complete complete = settlement(new Completion(text, usage(), traceId));
    try (TaskClient server = where.open(context)) {
      Settled.Kind kind = server.complete(List.of(complete)).get(0).kind();
      if (!kind.isAccepted()) {
        throw new BatonException(kind.refusal(), refusal(complete.taskId(), kind));
      }
      if (console.json()) {
        console.print(
            new Jsons.Members()
                .put("taskId", complete.taskId().value())
                .put("status", Values.word(kind))
                .toMap());
      }
      console.say(sentence(kind));
      return ExitCodes.OK;
    }
  }

  private Settlement.Complete settlement(Completion completion) {
    Optional<LeaseId> lease = LeaseId.parse(target);
    if (lease.isPresent()) {
      return Settlement.Complete.of(lease.get(), completion);
    }
    if (!TaskId.isValid(target)) {
      throw CommandFailure.usage("'%s' is neither a lease nor a task".formatted(target));
    }
    return new Settlement.Complete(new TaskId(target), Optional.empty(), completion);
  }

  private Optional<Usage> usage() {
    if (usage.isEmpty()) {
      return Optional.empty();
    }
    if (usage.size() != 2) {
      throw CommandFailure.usage("--usage takes two numbers, such as 10,5");
    }
    try {
      return Optional.of(new Usage(usage.get(0), usage.get(1), usage.get(0) + usage.get(1)));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private static String refusal(TaskId id, Settled.Kind kind) {
    return switch (kind) {
      case UNKNOWN -> "there is no task " + id;
      case LEASE_LOST -> "this lease on task " + id + " is no longer valid: discard the answer";
      case CANCELLED -> "task " + id + " was cancelled: drop the answer";
      case OVER -> "task " + id + " is over: 'baton redrive' gives it another chance";
      case DONE, REPLAYED, ALTERNATIVE -> throw new IllegalStateException(kind + " is no refusal");
    };
  }

  private static String sentence(Settled.Kind kind) {
    return switch (kind) {
      case DONE -> "stored";
      case REPLAYED -> "this answer was stored before";
      case ALTERNATIVE -> "the task had another answer, which stays; this one is kept beside it";
      case UNKNOWN, LEASE_LOST, CANCELLED, OVER ->
          throw new IllegalStateException(kind + " is refused");
    };
  }
}
