package dev.baton.http.out.client;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.baton.core.client.TaskAnswer;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Usage;
import dev.baton.http.out.client.Calls.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What servers send, by the names of the wire. Members that are not listed are passed over, so that
 * a newer server may say more; what is missing or wrong fails in {@code toCore}.
 */
final class Wire {

  private Wire() {}

  /** An answer that says no more than that it was done. */
  static final Reading<Done, Boolean> OK = new Reading<>(Done.class, Done::toCore);

  record Done(boolean ok) {

    boolean toCore() {
      checkArgument(ok, "not done");
      return true;
    }
  }

  record PutTasks(List<PutTask> tasks) {

    List<TaskClient.Receipt> toCore() {
      return tasks.stream()
          .map(task -> new TaskClient.Receipt(new TaskId(task.taskId()), task.replayed()))
          .toList();
    }
  }

  record PutTask(String taskId, boolean replayed) {}

  record Granted(List<GrantedTask> prompts) {

    List<TaskClient.Granted> toCore() {
      return prompts.stream().map(GrantedTask::toCore).toList();
    }
  }

  record GrantedTask(
      String leaseId, String prompt, RawJson meta, int attempt, Instant leaseExpiresAt) {

    TaskClient.Granted toCore() {
      return new TaskClient.Granted(
          lease(leaseId), attempt, leaseExpiresAt, Wire.prompt(prompt, meta));
    }
  }

  record Results(List<ResultOf> results) {

    List<Settled> toCore() {
      return results.stream().map(ResultOf::toCore).toList();
    }
  }

  record ResultOf(String taskId, String status) {

    Settled toCore() {
      return new Settled(new TaskId(taskId), constant(Settled.Kind.class, status));
    }
  }

  record Extended(Instant leaseExpiresAt) {

    Instant toCore() {
      return requireNonNull(leaseExpiresAt, "leaseExpiresAt");
    }
  }

  record Appended(int last) {}

  record Moved(String status) {

    TaskState.Kind toCore() {
      return constant(TaskState.Kind.class, status);
    }
  }

  record Answer(
      String status,
      @Nullable String content,
      @Nullable UsageOf usage,
      @Nullable String traceId,
      @Nullable ErrorOf error,
      @Nullable Instant completedAt) {

    TaskAnswer toCore() {
      return new TaskAnswer(
          constant(TaskState.Kind.class, status),
          completion(content, usage, traceId),
          Optional.ofNullable(error).map(e -> e.toCore(false)),
          Optional.ofNullable(completedAt));
    }
  }

  record UsageOf(
      @JsonProperty("prompt_tokens") long promptTokens,
      @JsonProperty("completion_tokens") long completionTokens,
      @JsonProperty("total_tokens") long totalTokens) {

    Usage toCore() {
      return new Usage(promptTokens, completionTokens, totalTokens);
    }
  }

  record ErrorOf(String code, @Nullable String message) {

    Failure toCore(boolean retryable) {
      return new Failure(code, message == null ? "" : message, retryable);
    }
  }

  record Page(List<Line> tasks) {

    List<TaskClient.Summary> toCore() {
      return tasks.stream().map(Line::toCore).toList();
    }
  }

  record Line(
      String taskId,
      long seq,
      String queue,
      String status,
      String priority,
      int attempts,
      Instant submittedAt,
      Instant changedAt,
      @Nullable String worker) {

    TaskClient.Summary toCore() {
      return new TaskClient.Summary(
          new TaskId(taskId),
          seq,
          new QueueName(queue),
          constant(TaskState.Kind.class, status),
          constant(Priority.class, priority),
          attempts,
          submittedAt,
          changedAt,
          Optional.ofNullable(worker).map(WorkerId::new));
    }
  }

  record LeaseOf(String leaseId, String worker, Instant grantedAt, Instant expiresAt) {

    Lease toCore() {
      LeaseId id = lease(leaseId);
      return new Lease(id.taskId(), new WorkerId(worker), id.token(), grantedAt, expiresAt);
    }
  }

  record ProgressOf(int percent, String note) {

    Progress toCore() {
      return new Progress(percent, note);
    }
  }

  record Past(
      int attempt,
      String worker,
      Instant startedAt,
      Instant endedAt,
      String outcome,
      @Nullable ErrorOf error) {

    TaskView.PastAttempt toCore() {
      return new TaskView.PastAttempt(
          attempt,
          new WorkerId(worker),
          startedAt,
          endedAt,
          constant(Attempt.Outcome.class, outcome),
          Optional.ofNullable(error).map(e -> e.toCore(true)));
    }
  }

  record OtherAnswer(String content, @Nullable UsageOf usage, @Nullable String traceId) {

    Completion toCore() {
      return completion(content, usage, traceId).orElseThrow();
    }
  }

  record Waiting(
      String reason,
      String sentence,
      @Nullable Integer ahead,
      @Nullable Instant until,
      @Nullable Double estimateSeconds) {

    TaskView.Wait toCore() {
      return new TaskView.Wait(
          reason,
          sentence,
          Optional.ofNullable(ahead),
          Optional.ofNullable(until),
          Optional.ofNullable(estimateSeconds)
              .map(seconds -> Duration.ofMillis(Math.round(seconds * 1_000))));
    }
  }

  record Counters(
      @JsonProperty("prompts_enqueued") long submitted,
      @JsonProperty("prompts_fetched") long leased,
      @JsonProperty("responses_posted") long answered,
      @JsonProperty("leases_expired") long expired) {

    TaskClient.Tally toCore() {
      return new TaskClient.Tally(submitted, leased, answered, expired);
    }
  }

  static Prompt prompt(String text, RawJson meta) {
    return new Prompt(text, new Metadata(meta.text()));
  }

  static LeaseId lease(String text) {
    return LeaseId.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("no lease id: " + text));
  }

  static Optional<Completion> completion(
      @Nullable String content, @Nullable UsageOf usage, @Nullable String traceId) {
    return Optional.ofNullable(content)
        .map(
            text ->
                new Completion(
                    text,
                    Optional.ofNullable(usage).map(UsageOf::toCore),
                    Optional.ofNullable(traceId)));
  }

  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }
}
