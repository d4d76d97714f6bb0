package dev.baton.cli.task;

import static dev.baton.cli.shared.Values.word;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Jsons.Members;
import dev.baton.core.client.TaskAnswer;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.client.TaskClient.Summary;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Usage;
import java.util.List;
import java.util.Map;

/** Tasks as the commands write them for programs: with the names of seed 1's dialect. */
public final class TaskJson {

  private TaskJson() {}

  /** A line of a list. */
  static Map<String, Object> of(Summary task) {
    return new Members()
        .put("taskId", task.id().value())
        .put("seq", task.seq())
        .put("queue", task.queue().value())
        .put("status", word(task.state()))
        .put("priority", word(task.priority()))
        .put("attempts", task.attempts())
        .put("submittedAt", task.submittedAt().toString())
        .put("changedAt", task.changedAt().toString())
        .putText("worker", task.worker())
        .toMap();
  }

  /** A task in the caller's hands. */
  static Map<String, Object> of(Granted task) {
    Parameters asked = task.prompt().parameters();
    Members members =
        new Members()
            .put("taskId", task.taskId().value())
            .put("prompt", task.prompt().text())
            .putRaw("meta", task.prompt().metadata().json())
            .put("leaseId", task.lease().toString())
            .put("attempt", task.attempt())
            .put("leaseExpiresAt", task.expiresAt().toString())
            .putText("model", task.model());
    asked.messages().ifPresent(messages -> members.putRaw("messages", messages.json()));
    Map<String, Object> params = params(asked);
    if (!params.isEmpty()) {
      members.put("params", params);
    }
    if (!asked.options().isEmpty()) {
      members.putRaw("options", asked.options().json());
    }
    return members.toMap();
  }

  /** All of a task. */
  static Map<String, Object> of(TaskView task) {
    Members members =
        new Members()
            .put("taskId", task.id().value())
            .put("queue", task.terms().queue().value())
            .put("status", word(task.answer().state()))
            .put("priority", word(task.terms().priority()))
            .put("prompt", task.prompt().text())
            .putRaw("meta", task.prompt().metadata().json())
            .put("dedupeKey", task.terms().dedupeKey())
            .putText("model", task.terms().model())
            .putText("batchId", task.terms().batch())
            .put("submittedAt", task.terms().submittedAt().toString())
            .put("attempts", task.run().attempts())
            .put("maxAttempts", task.terms().maxAttempts())
            .putText("deadline", task.terms().deadline())
            .putText("startAt", task.run().startAt())
            .put("lease", task.run().lease().map(TaskJson::lease))
            .put("progress", task.run().progress().map(TaskJson::progress));
    putAnswer(members, task.answer());
    return members
        .put("history", task.history().stream().map(TaskJson::past).toList())
        .put("alternatives", alternatives(task.alternatives()))
        .put("waiting", task.waiting().map(Jsons::wait))
        .toMap();
  }

  /** How a task ended, into an object of the caller's. */
  public static void putAnswer(Members members, TaskAnswer answer) {
    answer.completion().ifPresent(completion -> putCompletion(members, completion));
    members
        .put("error", answer.failure().map(TaskJson::failure))
        .putText("completedAt", answer.endedAt());
  }

  private static void putCompletion(Members members, Completion completion) {
    members
        .put("content", completion.content())
        .put("usage", completion.usage().map(TaskJson::usage))
        .put("traceId", completion.traceId())
        .put("modelAnswer", completion.modelAnswer().map(TaskJson::said));
  }

  private static Map<String, Object> said(ModelAnswer said) {
    return new Members()
        .put("model", said.model().value())
        .put("finishReason", said.finishReason())
        .put("toolCalls", said.toolCalls().map(RawValue::new))
        .put("refusal", said.refusal())
        .put("reasoning", said.reasoning())
        .put("logprobs", said.logprobs().map(RawValue::new))
        .put("extras", said.extras().map(RawValue::new))
        .toMap();
  }

  private static List<Map<String, Object>> alternatives(List<Completion> alternatives) {
    return alternatives.stream()
        .map(
            completion -> {
              Members members = new Members();
              putCompletion(members, completion);
              return members.toMap();
            })
        .toList();
  }

  private static Map<String, Object> usage(Usage usage) {
    return new Members()
        .put("prompt_tokens", usage.promptTokens())
        .put("completion_tokens", usage.completionTokens())
        .put("total_tokens", usage.totalTokens())
        .toMap();
  }

  private static Map<String, Object> failure(Failure failure) {
    return new Members().put("code", failure.code()).put("message", failure.message()).toMap();
  }

  private static Map<String, Object> lease(Lease lease) {
    return new Members()
        .put("leaseId", lease.id().toString())
        .put("worker", lease.holder().value())
        .put("grantedAt", lease.grantedAt().toString())
        .put("expiresAt", lease.expiresAt().toString())
        .toMap();
  }

  private static Map<String, Object> progress(Progress progress) {
    return new Members().put("percent", progress.percent()).put("note", progress.note()).toMap();
  }

  static Map<String, Object> past(TaskView.PastAttempt past) {
    return new Members()
        .put("attempt", past.number())
        .put("worker", past.worker().value())
        .put("startedAt", past.startedAt().toString())
        .put("endedAt", past.endedAt().toString())
        .put("outcome", word(past.outcome()))
        .put("error", past.failure().map(TaskJson::failure))
        .toMap();
  }

  static Map<String, Object> params(Parameters asked) {
    Jsons.Members params = new Jsons.Members();
    asked.temperature().ifPresent(t -> params.put("temperature", t));
    asked.maxTokens().ifPresent(n -> params.put("maxTokens", n));
    if (asked.stream()) {
      params.put("stream", true);
    }
    return params.toMap();
  }
}
