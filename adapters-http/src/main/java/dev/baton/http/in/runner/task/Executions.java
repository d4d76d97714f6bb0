package dev.baton.http.in.runner.task;

import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Docs.Members;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attempts as this dialect shows them. An execution is named after its task and the token of its
 * lease, which is different for each lease of a task.
 */
public final class Executions {
  /** Those that are over and kept, the one that brought the answer, and the one that runs. */
  static final int KEPT_MAX = 102;

  private static final List<String> STATUSES =
      List.of("running", "completed", "failed", "released");
  private static final List<String> OUTCOMES =
      Arrays.stream(Attempt.Outcome.values()).map(TaskViews::word).toList();

  static final Map<String, Object> SCHEMA =
      new Members()
          .add("executionId", string("Its id: a later one has a higher number at its end."))
          .add("attempt", integer("Counted from 1, whatever became of those before.", 1, KEPT_MAX))
          .add("status", Docs.words("How it ended, if it has; released: not counted.", STATUSES))
          .add(
              "outcome", Docs.words("How it ended, to the letter; absent while it runs.", OUTCOMES))
          .add("worker", string("Who made it."))
          .add("startedAt", Docs.instant("When it began."))
          .add("endedAt", Docs.instant("When it ended."))
          .add("error", with(TaskDocs.ERROR, "description", "Why it brought no answer."))
          .object("executionId", "attempt", "status", "worker", "startedAt");
  static final Map<String, Object> EXAMPLE =
      TaskDocs.example(
          "executionId", "exec-task-001-1",
          "attempt", 1,
          "status", "completed",
          "outcome", "succeeded",
          "worker", "executor",
          "startedAt", Docs.TIME,
          "endedAt", "2025-01-01T00:00:05.000Z");

  private Executions() {}

  static String id(String task, long token) {
    return "exec-" + task + "-" + token;
  }

  /** The execution that runs, or else the one that the next lease will be. */
  public static String current(TaskRow row) {
    LeaseState leaseState = row.leaseState();
    long token = leaseState.state() == Kind.LEASED ? leaseState.token() : leaseState.token() + 1;
    return id(row.id().value(), token);
  }

  /** Those that are over, then the one that brought the answer or still runs. */
  static List<Map<String, @Nullable Object>> of(Task task) {
    List<Map<String, @Nullable Object>> views = new ArrayList<>();
    for (Attempt attempt : task.attempts()) {
      views.add(past(task, attempt, views.size() + 1));
    }
    TaskRow row = task.row();
    Kind state = row.state();
    if ((state == Kind.LEASED || state == Kind.SUCCEEDED) && row.leaseState().leasedAt() > 0) {
      views.add(last(row, state, views.size() + 1));
    }
    return views;
  }

  private static Map<String, @Nullable Object> past(Task task, Attempt attempt, int number) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("executionId", id(task.id().value(), attempt.lease().token().value()));
    view.put("attempt", number);
    view.put("status", status(attempt.outcome()));
    view.put("outcome", TaskViews.word(attempt.outcome()));
    view.put("worker", attempt.lease().holder().value());
    view.put("startedAt", Instants.text(attempt.lease().grantedAt()));
    view.put("endedAt", Instants.text(attempt.endedAt()));
    attempt
        .failure()
        .or(() -> unsaid(attempt.outcome()))
        .ifPresent(failure -> view.put("error", TaskViews.error(failure)));
    return view;
  }

  private static String status(Attempt.Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> "completed";
      case FAILED, EXPIRED, CANCELLED -> "failed";
      case RELEASED -> "released";
    };
  }

  /** Why an attempt ended whose holder did not say. */
  private static Optional<Failure> unsaid(Attempt.Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> Optional.empty();
      case FAILED -> Optional.of(Failure.retryable("FAILED", "it failed without a reason"));
      case EXPIRED ->
          Optional.of(
              Failure.retryable(
                  Failure.LEASE_EXPIRED, "its worker was silent for longer than its lease"));
      case CANCELLED -> Optional.of(Failure.permanent("CANCELLED", "the task was called off"));
      case RELEASED ->
          Optional.of(Failure.retryable("RELEASED", "its worker gave the task back uncounted"));
    };
  }

  private static Map<String, @Nullable Object> last(TaskRow row, Kind state, int number) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("executionId", id(row.id().value(), row.leaseState().token()));
    view.put("attempt", number);
    view.put("status", TaskViews.status(state));
    if (state == Kind.SUCCEEDED) {
      view.put("outcome", TaskViews.word(Attempt.Outcome.SUCCEEDED));
    }
    view.put("worker", row.lease().holder().value());
    view.put("startedAt", Instants.text(row.leaseState().leasedAt()));
    if (state == Kind.SUCCEEDED) {
      view.put("endedAt", Instants.text(row.leaseState().changedAt()));
    }
    return view;
  }
}
