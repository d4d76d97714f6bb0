package dev.baton.http.in.bridge;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.core.usecase.task.LeasedWork;
import dev.baton.core.usecase.task.Settling;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.RawArray;
import dev.baton.http.in.json.RawObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What readers see of a task. */
final class TaskViews {

  private TaskViews() {}

  /** A task and its state. */
  @Doc(value = "", name = "BridgeTaskStatus")
  record Status(
      @Doc(value = "The task.", example = "a") String taskId,
      @Doc(value = "Where it is in its life.", example = "ready") TaskState.Kind status) {
    static Status of(TaskRow row) {
      return new Status(row.id().value(), row.state());
    }
  }

  /** The task and how it ended, if it has. */
  @Doc(value = "", name = "BridgeResponse")
  record Response(
      @Doc(value = "The task.", example = "a") String taskId,
      @Doc(value = "Where it is in its life.", example = "succeeded") TaskState.Kind status,
      @Doc(value = "The answer.", example = "Bonjour le monde") Optional<String> content,
      @Doc("What it cost.") Optional<UsageView> usage,
      @Doc("As the worker gave it.") Optional<String> traceId,
      @Doc(Docs.MODEL_ANSWER) Optional<Said> modelAnswer,
      @Doc("Why there is no answer.") Optional<Reason> error,
      @Doc("When it was over.") Optional<Instant> completedAt,
      @Doc("Why it is not over.") Optional<Waiting> waiting) {
    static Response of(Task task, Optional<Wait> wait) {
      return new Response(
          task.id().value(),
          task.state().kind(),
          task.completion().map(Completion::content),
          task.completion().flatMap(Completion::usage).map(UsageView::of),
          task.completion().flatMap(Completion::traceId),
          task.completion().flatMap(Completion::modelAnswer).map(Said::of),
          task.failure().map(Reason::of),
          endedAt(task.row()),
          Waiting.of(wait));
    }
  }

  /** All there is to know about a task. */
  @Doc(value = "", name = "BridgeTask")
  record Whole(
      @Doc(value = "The task.", example = "a") String taskId,
      @Doc(value = "Where it waits.", example = "integration") QueueName queue,
      @Doc(value = "Where it is in its life.", example = "ready") TaskState.Kind status,
      @Doc(value = "How far ahead of others it goes.", example = "normal") Priority priority,
      @Doc(value = "What is asked.", example = "Translate this to French: Hello world")
          String prompt,
      @Doc("As it was put.") RawObject meta,
      @Doc("Names the content.") String dedupeKey,
      @Doc("Who is asked; absent: whoever takes it decides.") Optional<String> model,
      @Doc("The batch that it belongs to.") Optional<String> batchId,
      @Doc("When it was put.") Instant submittedAt,
      @Doc("Leases that count.") int attempts,
      @Doc("Leases until it is given up; null: no bound.") @Nullable Integer maxAttempts,
      @Doc("Given up at this instant.") Optional<Instant> deadline,
      @Doc("Held until this instant.") Optional<Instant> startAt,
      @Doc("Who has it.") Optional<LeaseView> lease,
      @Doc("As its worker said last.") Optional<ProgressView> progress,
      @Doc("The answer.") Optional<String> content,
      @Doc("What it cost.") Optional<UsageView> usage,
      @Doc("As the worker gave it.") Optional<String> traceId,
      @Doc(Docs.MODEL_ANSWER) Optional<Said> modelAnswer,
      @Doc("Why there is no answer.") Optional<Reason> error,
      @Doc("When it was over.") Optional<Instant> completedAt,
      @Doc("Attempts that ended without an answer, oldest first.") List<AttemptView> history,
      @Doc("The attempt that brought the answer.") Optional<AttemptView> answeredBy,
      @Doc("Answers that came after the one that counts.") @Bounds(max = Settling.ALTERNATIVES_MAX)
          List<Answer> alternatives,
      @Doc("Why it has no answer yet.") Optional<Waiting> waiting) {

    static Whole of(Task task, Optional<Wait> wait) {
      Terms terms = task.row().terms();
      int maxAttempts = terms.retry().maxAttempts();
      Response response = Response.of(task, wait);
      return new Whole(
          response.taskId,
          terms.queue(),
          response.status,
          terms.priority(),
          task.prompt().text(),
          new RawObject(task.prompt().metadata().json()),
          DedupeKeys.shown(task.id(), terms.dedupeKey()),
          terms.model().map(ModelName::value),
          terms.batch().map(batch -> batch.value()),
          terms.submittedAt(),
          task.row().leaseState().attempts(),
          maxAttempts == RetryPolicy.UNLIMITED ? null : maxAttempts,
          terms.deadline(),
          startAt(task.state()),
          lease(task).map(LeaseView::of),
          lease(task).flatMap(held -> task.progress()).map(ProgressView::of),
          response.content,
          response.usage,
          response.traceId,
          response.modelAnswer,
          response.error,
          response.completedAt,
          task.attempts().stream().map(AttemptView::of).toList(),
          task.answering().map(AttemptView::of),
          task.alternatives().stream().map(Answer::of).toList(),
          response.waiting);
    }

    private static Optional<Instant> startAt(TaskState state) {
      return state instanceof TaskState.Held held ? held.until() : Optional.empty();
    }

    private static Optional<Lease> lease(Task task) {
      return task.state() instanceof TaskState.Leased leased
          ? Optional.of(leased.lease())
          : Optional.empty();
    }
  }

  private static Optional<Instant> endedAt(TaskRow row) {
    return row.state().isTerminal()
        ? Optional.of(Instant.ofEpochMilli(row.leaseState().changedAt()))
        : Optional.empty();
  }

  /** One line of a list. */
  @Doc(value = "A task without its texts.", name = "BridgeTaskLine")
  record Line(
      @Doc(value = "The task.", example = "a") String taskId,
      @Doc(value = "Its number in submit order.", example = "1") long seq,
      @Doc(value = "Where it waits.", example = "integration") QueueName queue,
      @Doc(value = "Where it is in its life.", example = "ready") TaskState.Kind status,
      @Doc(value = "How far ahead of others it goes.", example = "normal") Priority priority,
      @Doc("Leases that count.") int attempts,
      @Doc("When it was put.") Instant submittedAt,
      @Doc("Its last move.") Instant changedAt,
      @Doc("Who has it.") Optional<String> worker,
      @Doc("The beginning of what is asked, where `excerpt` wants it.") Optional<String> excerpt) {
    static Line of(Tasks.Line line) {
      TaskRow row = line.row();
      LeaseState state = row.leaseState();
      return new Line(
          row.id().value(),
          row.seq(),
          row.terms().queue(),
          state.state(),
          row.terms().priority(),
          state.attempts(),
          row.terms().submittedAt(),
          Instant.ofEpochMilli(state.changedAt()),
          state.state() == TaskState.Kind.LEASED
              ? Optional.of(row.lease().holder().value())
              : Optional.empty(),
          line.excerpt());
    }
  }

  /** Part of a list. */
  @Doc(value = "", name = "BridgeTaskPage")
  record Page(
      @Doc("Newest first.") @Bounds(max = Tasks.PAGE_MAX) List<Line> tasks,
      @Doc(value = "Where to go on, or null.", example = "1") @Nullable Long next) {}

  /** Part of a running or finished answer. */
  @Doc(value = "", name = "BridgeChunkPage")
  record Chunks(
      @Doc(value = "The task.", example = "a") String taskId,
      @Doc(value = "Where it is in its life.", example = "leased") TaskState.Kind status,
      @Doc("In order.") @Bounds(max = LeasedWork.CHUNKS_MAX) List<Piece> chunks) {}

  /** A piece of an answer. */
  @Doc(value = "", name = "BridgeChunk")
  record Piece(
      @Doc(value = "Grows with each lease.", example = "1") long token,
      @Doc(value = "Counted from 1.", example = "1") int number,
      @Doc(value = "The piece.", example = "Bonjour") String text) {}

  /** Who has a task. */
  @Doc(value = "", name = "BridgeLease")
  record LeaseView(
      @Doc(value = "The lease.", example = "a~1") String leaseId,
      @Doc("Who holds it.") String worker,
      @Doc("When it began.") Instant grantedAt,
      @Doc("When it ends.") Instant expiresAt) {
    private static LeaseView of(Lease lease) {
      return new LeaseView(
          lease.id().toString(), lease.holder().value(), lease.grantedAt(), lease.expiresAt());
    }
  }

  /** How far a worker is. */
  @Doc(value = "", name = "BridgeProgress")
  record ProgressView(@Doc("0 to 100.") int percent, @Doc("A word about it.") String note) {
    private static ProgressView of(Progress progress) {
      return new ProgressView(progress.percent(), progress.note());
    }
  }

  /** An answer that came too late to count. */
  @Doc(value = "", name = "BridgeAlternative")
  record Answer(
      @Doc("The answer.") String content,
      @Doc("What it cost.") Optional<UsageView> usage,
      @Doc("As the worker gave it.") Optional<String> traceId,
      @Doc(Docs.MODEL_ANSWER) Optional<Said> modelAnswer) {
    private static Answer of(Completion completion) {
      return new Answer(
          completion.content(),
          completion.usage().map(UsageView::of),
          completion.traceId(),
          completion.modelAnswer().map(Said::of));
    }
  }

  /** What a provider said of an answer beside its text. */
  @Doc(value = "", name = "BridgeModelAnswer")
  record Said(
      @Doc(value = "Who answered.", example = "gpt-4o-mini") String model,
      @Doc(value = "Why it stopped: stop, length or tool_calls.", example = "stop")
          String finishReason,
      @Doc("The calls of tools that it asks for, in OpenAI's words.") Optional<RawArray> toolCalls,
      @Doc("Why it declines, in its own words.") Optional<String> refusal,
      @Doc("What it thought before it answered.") Optional<String> reasoning,
      @Doc("Probabilities of its tokens, as the provider sent them.") Optional<RawObject> logprobs,
      @Doc(
              "What else the provider put into its message, in its own form: sound, pictures,"
                  + " sources, signed thoughts.")
          Optional<RawObject> extras) {
    private static Said of(ModelAnswer said) {
      return new Said(
          said.model().value(),
          said.finishReason(),
          said.toolCalls().map(RawArray::new),
          said.refusal(),
          said.reasoning(),
          said.logprobs().map(RawObject::new),
          said.extras().map(RawObject::new));
    }
  }

  /** Tokens as the worker counted them, also where the total is not the sum. */
  @Doc(value = "", name = "BridgeUsage")
  record UsageView(
      @Doc("Tokens read.") @JsonProperty("prompt_tokens") long promptTokens,
      @Doc("Tokens written.") @JsonProperty("completion_tokens") long completionTokens,
      @Doc("Both together.") @JsonProperty("total_tokens") long totalTokens,
      @Doc("True where the total is not the sum.") Optional<Boolean> inconsistent) {
    private static UsageView of(Usage usage) {
      return new UsageView(
          usage.promptTokens(),
          usage.completionTokens(),
          usage.totalTokens(),
          usage.isConsistent() ? Optional.empty() : Optional.of(true));
    }
  }

  /** Why an attempt failed. */
  @Doc(value = "", name = "BridgeError")
  record Reason(
      @Doc("A stable word in capitals.") String code, @Doc("For people.") String message) {
    private static Reason of(Failure failure) {
      return new Reason(failure.code(), failure.message());
    }
  }

  /** An attempt that is over. */
  @Doc(value = "", name = "BridgeAttempt")
  record AttemptView(
      @Doc("Counted from 1.") int attempt,
      @Doc("Who made it.") String worker,
      @Doc("When it began.") Instant startedAt,
      @Doc("When it ended.") Instant endedAt,
      @Doc("How it ended.") Attempt.Outcome outcome,
      @Doc("Why it failed.") Optional<Reason> error) {
    private static AttemptView of(Attempt attempt) {
      return new AttemptView(
          attempt.number(),
          attempt.lease().holder().value(),
          attempt.lease().grantedAt(),
          attempt.endedAt(),
          attempt.outcome(),
          attempt.failure().map(Reason::of));
    }
  }

  /** What a task waits for. */
  @Doc(value = "", name = "BridgeWaiting")
  record Waiting(
      @Doc(value = "For programs.", example = "in_line") Wait.Reason reason,
      @Doc(value = "For people.", example = "next in line: waits for a worker to ask")
          String sentence,
      @Doc("Tasks that go before it.") OptionalInt ahead,
      @Doc("Seconds until it may be answered, at the present pace.")
          Optional<Duration> estimateSeconds,
      @Doc("When it waits no longer.") Optional<Instant> until) {
    private static Optional<Waiting> of(Optional<Wait> wait) {
      return wait.filter(why -> why.reason() != Wait.Reason.OVER)
          .map(
              why ->
                  new Waiting(
                      why.reason(), why.sentence(), why.ahead(), why.estimate(), why.until()));
    }
  }
}
