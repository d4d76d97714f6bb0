package dev.baton.http.in.runner;

import static dev.baton.http.in.server.Schemas.integer;
import static dev.baton.http.in.server.Schemas.string;

import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Standing;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.http.in.runner.Docs.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attempts as this dialect shows them. An execution is named after its task and the token of its
 * lease, which is different for each lease of a task.
 */
final class Executions {
  static final Map<String, Object> SCHEMA =
      new Members()
          .add("executionId", string("Its id."))
          .add("attempt", integer("Counted from 1.", 0, Integer.MAX_VALUE))
          .add("status", Docs.words("How it ended, if it has.", statuses()))
          .add("outcome", string("How it ended, in Baton's words."))
          .add("worker", string("Who made it."))
          .add("startedAt", Docs.instant("When it began."))
          .add("endedAt", Docs.instant("When it ended."))
          .add("error", TaskDocs.ERROR)
          .object("executionId", "attempt", "status", "worker", "startedAt");
  static final Map<String, Object> EXAMPLE =
      TaskDocs.example(
          "executionId", "exec-task-001-1",
          "attempt", 1,
          "status", "completed",
          "worker", "executor",
          "startedAt", Docs.TIME,
          "endedAt", "2025-01-01T00:00:05.000Z");

  private Executions() {}

  private static List<String> statuses() {
    return List.of("running", "completed", "failed");
  }

  static String id(String task, long token) {
    return "exec-" + task + "-" + token;
  }

  /** The execution that runs, or else the one that the next lease will be. */
  static String current(TaskRow row) {
    Standing standing = row.standing();
    long token = standing.state() == Kind.LEASED ? standing.token() : standing.token() + 1;
    return id(row.id().value(), token);
  }

  /** Those that are over, then the one that brought the answer or still runs. */
  static List<Map<String, @Nullable Object>> of(Task task) {
    List<Map<String, @Nullable Object>> views = new ArrayList<>();
    task.attempts().forEach(attempt -> views.add(past(task, attempt)));
    TaskRow row = task.row();
    Kind state = row.standing().state();
    if ((state == Kind.LEASED || state == Kind.SUCCEEDED) && row.standing().leasedAt() > 0) {
      views.add(last(row, state));
    }
    return views;
  }

  private static Map<String, @Nullable Object> past(Task task, Attempt attempt) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("executionId", id(task.id().value(), attempt.lease().token().value()));
    view.put("attempt", attempt.number());
    boolean answered = attempt.outcome() == Attempt.Outcome.SUCCEEDED;
    view.put("status", answered ? "completed" : "failed");
    view.put("outcome", TaskViews.word(attempt.outcome()));
    view.put("worker", attempt.lease().holder().value());
    view.put("startedAt", Instants.text(attempt.lease().grantedAt()));
    view.put("endedAt", Instants.text(attempt.endedAt()));
    attempt.failure().ifPresent(failure -> view.put("error", TaskViews.error(failure)));
    return view;
  }

  private static Map<String, @Nullable Object> last(TaskRow row, Kind state) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("executionId", id(row.id().value(), row.standing().token()));
    view.put("attempt", row.standing().attempts());
    view.put("status", TaskViews.status(state));
    view.put("worker", row.lease().holder().value());
    view.put("startedAt", Instants.text(row.standing().leasedAt()));
    if (state == Kind.SUCCEEDED) {
      view.put("endedAt", Instants.text(row.standing().changedAt()));
    }
    return view;
  }
}
