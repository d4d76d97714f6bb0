package dev.baton.http.out.client;

import com.google.common.hash.Hashing;
import dev.baton.core.client.TaskAnswer;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** All of a task, as {@code /getTask} sends it. */
record TaskWire(
    TaskId taskId,
    QueueName queue,
    TaskState.Kind status,
    Priority priority,
    String prompt,
    Metadata meta,
    String dedupeKey,
    Optional<ModelName> model,
    Optional<BatchId> batchId,
    Instant submittedAt,
    int attempts,
    Optional<Integer> maxAttempts,
    Optional<Instant> deadline,
    Optional<Instant> startAt,
    Optional<LeaseOf> lease,
    Optional<Progress> progress,
    Optional<String> content,
    Optional<Usage> usage,
    Optional<String> traceId,
    Optional<Said> modelAnswer,
    Optional<FailureOf> error,
    Optional<Instant> completedAt,
    List<Past> history,
    Optional<Past> answeredBy,
    List<OtherAnswer> alternatives,
    Optional<TaskView.Wait> waiting)
    implements Wire<TaskView> {

  @Override
  public TaskView toCore() {
    return new TaskView(
        taskId,
        new Prompt(prompt, meta),
        new TaskView.Terms(
            queue,
            priority,
            submittedAt,
            deadline,
            maxAttempts,
            Optional.of(dedupeKey).filter(key -> !key.equals(keyOfNoKey())),
            model,
            batchId),
        new TaskView.Run(attempts, startAt, lease.map(LeaseOf::toCore), progress),
        new Answer(status, content, usage, traceId, modelAnswer, error, completedAt).toCore(),
        Stream.concat(history.stream(), answeredBy.stream()).map(Past::toCore).toList(),
        alternatives.stream().map(OtherAnswer::toCore).toList(),
        waiting);
  }

  /** The dialect shows the hash of the task's id where the submitter gave no key. */
  private String keyOfNoKey() {
    return Hashing.sha256().hashString(taskId.value(), StandardCharsets.UTF_8).toString();
  }

  record LeaseOf(LeaseId leaseId, WorkerId worker, Instant grantedAt, Instant expiresAt)
      implements Wire<Lease> {
    @Override
    public Lease toCore() {
      return new Lease(leaseId.taskId(), worker, leaseId.token(), grantedAt, expiresAt);
    }
  }

  record FailureOf(String code, Optional<String> message) {
    Failure toCore(boolean retryable) {
      return new Failure(code, message.orElse(""), retryable);
    }
  }

  record Past(
      int attempt,
      WorkerId worker,
      Instant startedAt,
      Instant endedAt,
      Attempt.Outcome outcome,
      Optional<FailureOf> error)
      implements Wire<TaskView.PastAttempt> {
    @Override
    public TaskView.PastAttempt toCore() {
      return new TaskView.PastAttempt(
          attempt, worker, startedAt, endedAt, outcome, error.map(e -> e.toCore(true)));
    }
  }

  record OtherAnswer(
      String content, Optional<Usage> usage, Optional<String> traceId, Optional<Said> modelAnswer)
      implements Wire<Completion> {
    @Override
    public Completion toCore() {
      return new Completion(content, usage, traceId, modelAnswer.map(Said::toCore));
    }
  }

  /** JSON as it was written. */
  record Raw(String json) {}

  record Said(
      ModelName model,
      String finishReason,
      Optional<Raw> toolCalls,
      Optional<String> refusal,
      Optional<String> reasoning,
      Optional<Raw> logprobs,
      Optional<Raw> extras)
      implements Wire<ModelAnswer> {
    @Override
    public ModelAnswer toCore() {
      return new ModelAnswer(
          model,
          finishReason,
          toolCalls.map(Raw::json),
          refusal,
          reasoning,
          logprobs.map(Raw::json),
          extras.map(Raw::json));
    }
  }

  /** How a task stands, as {@code /getResponse} sends it. */
  record Answer(
      TaskState.Kind status,
      Optional<String> content,
      Optional<Usage> usage,
      Optional<String> traceId,
      Optional<Said> modelAnswer,
      Optional<FailureOf> error,
      Optional<Instant> completedAt)
      implements Wire<TaskAnswer> {
    @Override
    public TaskAnswer toCore() {
      return new TaskAnswer(
          status,
          content.map(text -> new Completion(text, usage, traceId, modelAnswer.map(Said::toCore))),
          error.map(e -> e.toCore(false)),
          completedAt);
    }
  }

  /** A prompt under a lease, as {@code /getPrompt} sends it. */
  record Leased(
      LeaseId leaseId,
      int attempt,
      Instant leaseExpiresAt,
      String prompt,
      Metadata meta,
      Optional<ModelName> model,
      Optional<Messages> messages,
      Optional<Params> params,
      Optional<Options> options)
      implements Wire<Granted> {
    @Override
    public Granted toCore() {
      Params how = params.orElse(Params.NONE);
      Parameters parameters =
          new Parameters(
              messages,
              how.temperature,
              how.maxTokens,
              options.orElse(Options.NONE),
              how.stream.orElse(false));
      return new Granted(
          leaseId, attempt, leaseExpiresAt, new Prompt(prompt, meta, parameters), model);
    }
  }

  record Params(OptionalDouble temperature, OptionalInt maxTokens, Optional<Boolean> stream) {
    static final Params NONE =
        new Params(OptionalDouble.empty(), OptionalInt.empty(), Optional.empty());
  }
}
