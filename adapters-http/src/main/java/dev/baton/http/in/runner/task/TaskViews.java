package dev.baton.http.in.runner.task;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Reply;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What readers see of a task, as maps in the order of the wire. */
public final class TaskViews {
  public static final List<String> STATUSES = List.of("pending", "running", "completed", "failed");

  private static final Map<String, String> CANCELLED =
      Map.of("code", "CANCELLED", "message", "The task was cancelled");

  private TaskViews() {}

  /** This dialect's word for a state. */
  public static String status(Kind state) {
    return switch (state) {
      case HELD, READY -> "pending";
      case LEASED -> "running";
      case SUCCEEDED -> "completed";
      case DEAD, CANCELLED -> "failed";
    };
  }

  /** The states that a word of this dialect stands for. */
  public static Set<Kind> states(String status) {
    return Arrays.stream(Kind.values())
        .filter(kind -> status(kind).equals(status))
        .collect(Collectors.toSet());
  }

  /** Whether it waits, for whatever it may be. */
  public static boolean isPending(Task task) {
    Kind state = task.row().state();
    return state == Kind.HELD || state == Kind.READY;
  }

  /** An enum's constant as the wire has it. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Why nobody works on it. */
  public static Map<String, Object> wait(Wait wait) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("reason", word(wait.reason()));
    view.put("sentence", wait.sentence());
    wait.ahead().ifPresent(ahead -> view.put("ahead", ahead));
    wait.estimate().ifPresent(time -> view.put("estimateSeconds", time.toMillis() / 1_000.0));
    wait.until().ifPresent(until -> view.put("until", Instants.text(until)));
    return view;
  }

  /** One line of a list. */
  public static Map<String, @Nullable Object> line(TaskRow row) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", row.id().value());
    view.put("status", status(row.state()));
    addTerms(view, row.terms());
    view.put("attempts", row.leaseState().attempts());
    addTimes(view, row);
    return view;
  }

  /** All that is known of it. */
  public static Map<String, @Nullable Object> task(Task task) {
    TaskRow row = task.row();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", row.id().value());
    view.put("prompt", task.prompt().text());
    view.put("status", status(row.state()));
    task.completion().ifPresent(completion -> view.put("result", result(completion)));
    task.failure().ifPresent(failure -> view.put("error", error(failure)));
    if (row.state() == Kind.CANCELLED) {
      view.put("error", CANCELLED);
    }
    if (!task.alternatives().isEmpty()) {
      view.put("alternatives", task.alternatives().stream().map(TaskViews::result).toList());
    }
    addTerms(view, row.terms());
    addWork(view, row);
    addParameters(view, task.prompt().parameters());
    view.put("metadata", new RawValue(task.prompt().metadata().json()));
    addTimes(view, row);
    return view;
  }

  /** The reply with the name of this version of the task. */
  public static Reply tagged(Reply reply, Task task) {
    return reply.withHeader("ETag", '"' + task.version() + '"');
  }

  public static Map<String, Object> result(Completion completion) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("content", completion.content());
    completion.usage().ifPresent(usage -> view.put("usage", usage(usage)));
    completion
        .modelAnswer()
        .ifPresent(
            answer -> {
              view.put("model", answer.model().value());
              view.put("finishReason", answer.finishReason());
              answer.toolCalls().ifPresent(calls -> view.put("toolCalls", new RawValue(calls)));
            });
    return view;
  }

  public static Map<String, Object> error(Failure failure) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("code", failure.code());
    view.put("message", failure.message());
    return view;
  }

  private static Map<String, Object> usage(Usage usage) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("promptTokens", usage.promptTokens());
    view.put("completionTokens", usage.completionTokens());
    view.put("totalTokens", usage.totalTokens());
    return view;
  }

  private static void addTerms(Map<String, @Nullable Object> view, Terms terms) {
    terms.model().ifPresent(model -> view.put("model", model.value()));
    view.put("priority", word(terms.priority()));
    view.put("queue", terms.queue().value());
    terms.batch().ifPresent(batch -> view.put("batchId", batch.value()));
    terms.deadline().ifPresent(deadline -> view.put("deadline", Instants.text(deadline)));
  }

  /** How it is to be worked on; the start time only while it lies ahead. */
  private static void addWork(Map<String, @Nullable Object> view, TaskRow row) {
    if (row.leaseState().startAt() > 0) {
      view.put("startAt", Instants.text(row.leaseState().startAt()));
    }
    if (row.terms().batch().isEmpty()) {
      view.put("autoExecute", row.terms().gate().filter(GateId.MANUAL::equals).isEmpty());
    }
    view.put("maxAttempts", row.terms().retry().maxAttempts());
    view.put("attempts", row.leaseState().attempts());
  }

  private static void addParameters(Map<String, @Nullable Object> view, Parameters parameters) {
    parameters
        .messages()
        .ifPresent(messages -> view.put("messages", new RawValue(messages.json())));
    parameters.temperature().ifPresent(temperature -> view.put("temperature", temperature));
    parameters.maxTokens().ifPresent(maxTokens -> view.put("maxTokens", maxTokens));
    if (!parameters.options().isEmpty()) {
      view.put("options", new RawValue(parameters.options().json()));
    }
    view.put("stream", parameters.stream());
  }

  private static void addTimes(Map<String, @Nullable Object> view, TaskRow row) {
    LeaseState leaseState = row.leaseState();
    view.put("createdAt", Instants.text(row.terms().submittedAt()));
    if (leaseState.leasedAt() > 0) {
      view.put("startedAt", Instants.text(leaseState.leasedAt()));
    }
    if (leaseState.state().isTerminal()) {
      view.put("completedAt", Instants.text(leaseState.changedAt()));
    }
  }
}
