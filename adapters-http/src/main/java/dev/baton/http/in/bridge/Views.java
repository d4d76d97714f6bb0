package dev.baton.http.in.bridge;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.usecase.insight.Wait;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What readers see of a task, as maps in the order of the wire. */
final class Views {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private Views() {}

  /** ISO 8601 in UTC, always with three digits of the second. */
  static String instant(Instant instant) {
    return MILLIS.format(instant);
  }

  /** An enum's constant as the wire has it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Map<String, @Nullable Object> status(TaskRow row) {
    return status(row.id().value(), row.state());
  }

  static Map<String, @Nullable Object> status(String taskId, TaskState.Kind state) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("taskId", taskId);
    view.put("status", word(state));
    return view;
  }

  /** The task and how it ended, if it has. */
  static Map<String, @Nullable Object> response(Task task, Optional<Wait> wait) {
    Map<String, @Nullable Object> view = status(task.row());
    addEnd(view, task);
    addWait(view, wait);
    return view;
  }

  /** One line of a list. */
  static Map<String, @Nullable Object> line(TaskRow row) {
    LeaseState leaseState = row.leaseState();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("taskId", row.id().value());
    view.put("seq", row.seq());
    view.put("queue", row.terms().queue().value());
    view.put("status", word(leaseState.state()));
    view.put("priority", word(row.terms().priority()));
    view.put("attempts", leaseState.attempts());
    view.put("submittedAt", instant(row.terms().submittedAt()));
    view.put("changedAt", instant(Instant.ofEpochMilli(leaseState.changedAt())));
    if (leaseState.state() == TaskState.Kind.LEASED) {
      view.put("worker", row.lease().holder().value());
    }
    return view;
  }

  /** All there is to know about a task. */
  static Map<String, @Nullable Object> task(Task task, Optional<Wait> wait) {
    Terms terms = task.row().terms();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("taskId", task.id().value());
    view.put("queue", terms.queue().value());
    view.put("status", word(task.state().kind()));
    view.put("priority", word(terms.priority()));
    view.put("prompt", task.prompt().text());
    view.put("meta", new RawValue(task.prompt().metadata().json()));
    view.put("dedupeKey", DedupeKeys.shown(task.id(), terms.dedupeKey()));
    terms.model().ifPresent(model -> view.put("model", model.value()));
    terms.batch().ifPresent(batch -> view.put("batchId", batch.value()));
    view.put("submittedAt", instant(terms.submittedAt()));
    view.put("attempts", task.row().leaseState().attempts());
    int maxAttempts = terms.retry().maxAttempts();
    view.put("maxAttempts", maxAttempts == RetryPolicy.UNLIMITED ? null : maxAttempts);
    terms.deadline().ifPresent(deadline -> view.put("deadline", instant(deadline)));
    addPresent(view, task);
    addEnd(view, task);
    view.put("history", task.attempts().stream().map(Views::attempt).toList());
    task.answering().ifPresent(attempt -> view.put("answeredBy", attempt(attempt)));
    view.put("alternatives", task.alternatives().stream().map(Views::completion).toList());
    addWait(view, wait);
    return view;
  }

  private static void addWait(Map<String, @Nullable Object> view, Optional<Wait> wait) {
    wait.filter(why -> why.reason() != Wait.Reason.OVER)
        .ifPresent(why -> view.put("waiting", wait(why)));
  }

  private static void addPresent(Map<String, @Nullable Object> view, Task task) {
    TaskState state = task.state();
    if (state instanceof TaskState.Held held) {
      held.until().ifPresent(until -> view.put("startAt", instant(until)));
    }
    if (state instanceof TaskState.Leased leased) {
      view.put("lease", lease(leased.lease()));
      task.progress().ifPresent(progress -> view.put("progress", progress(progress)));
    }
  }

  private static void addEnd(Map<String, @Nullable Object> view, Task task) {
    task.completion().ifPresent(completion -> view.putAll(completion(completion)));
    task.failure().ifPresent(failure -> view.put("error", failure(failure)));
    if (task.state().kind().isTerminal()) {
      Instant changedAt = Instant.ofEpochMilli(task.row().leaseState().changedAt());
      view.put("completedAt", instant(changedAt));
    }
  }

  private static Map<String, @Nullable Object> lease(Lease lease) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("leaseId", lease.id().toString());
    view.put("worker", lease.holder().value());
    view.put("grantedAt", instant(lease.grantedAt()));
    view.put("expiresAt", instant(lease.expiresAt()));
    return view;
  }

  private static Map<String, Object> progress(Progress progress) {
    return Map.of("percent", progress.percent(), "note", progress.note());
  }

  private static Map<String, @Nullable Object> completion(Completion completion) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("content", completion.content());
    completion.usage().ifPresent(usage -> view.put("usage", usage(usage)));
    completion.traceId().ifPresent(trace -> view.put("traceId", trace));
    return view;
  }

  /** Kept as given also where the total is not the sum, which is then said. */
  private static Map<String, Object> usage(Usage usage) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("prompt_tokens", usage.promptTokens());
    view.put("completion_tokens", usage.completionTokens());
    view.put("total_tokens", usage.totalTokens());
    if (!usage.isConsistent()) {
      view.put("inconsistent", true);
    }
    return view;
  }

  private static Map<String, Object> failure(Failure failure) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("code", failure.code());
    view.put("message", failure.message());
    return view;
  }

  private static Map<String, @Nullable Object> attempt(Attempt attempt) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("attempt", attempt.number());
    view.put("worker", attempt.lease().holder().value());
    view.put("startedAt", instant(attempt.lease().grantedAt()));
    view.put("endedAt", instant(attempt.endedAt()));
    view.put("outcome", word(attempt.outcome()));
    attempt.failure().ifPresent(failure -> view.put("error", failure(failure)));
    return view;
  }

  private static Map<String, Object> wait(Wait wait) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("reason", word(wait.reason()));
    view.put("sentence", wait.sentence());
    wait.ahead().ifPresent(ahead -> view.put("ahead", ahead));
    wait.estimate().ifPresent(time -> view.put("estimateSeconds", time.toMillis() / 1_000.0));
    wait.until().ifPresent(until -> view.put("until", instant(until)));
    return view;
  }

  static List<Map<String, @Nullable Object>> lines(List<TaskRow> rows) {
    return rows.stream().map(Views::line).toList();
  }
}
