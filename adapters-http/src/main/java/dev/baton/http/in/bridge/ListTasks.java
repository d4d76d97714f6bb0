package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /listTasks}: pages of tasks, newest first. */
final class ListTasks {
  private static final int PAGE = 100;
  private static final int SEQ_DIGITS_MAX = 18;

  private final Tasks tasks;

  ListTasks(Tasks tasks) {
    this.tasks = requireNonNull(tasks, "tasks");
  }

  Route route() {
    return Route.get("/listTasks", Permission.of("tasks", "read"), this::list, doc()).withHead();
  }

  private Reply list(Request request) {
    Filter filter =
        new Filter(
            request.queryString("state").map(ListTasks::state),
            request.queryString("queue").map(ListTasks::queue));
    long before = request.queryString("before").map(ListTasks::before).orElse(Long.MAX_VALUE);
    int max = request.queryInt("max", PAGE, 1, Tasks.PAGE_MAX);
    return Reply.later(
        tasks
            .list(request.tenant(), filter, before, max)
            .thenApply(rows -> reply(rows, rows.size() == max)));
  }

  private static TaskState.Kind state(String word) {
    for (TaskState.Kind kind : TaskState.Kind.values()) {
      if (Views.word(kind).equals(word)) {
        return kind;
      }
    }
    throw FieldErrors.invalid(
        "Input should be held, ready, leased, succeeded, dead or cancelled",
        "enum",
        "query",
        "state");
  }

  private static QueueName queue(String name) {
    if (!QueueName.isValid(name)) {
      throw FieldErrors.invalid(
          "String should be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
          "string_pattern_mismatch",
          "query",
          "queue");
    }
    return new QueueName(name);
  }

  private static long before(String seq) {
    boolean number =
        !seq.isEmpty()
            && seq.length() <= SEQ_DIGITS_MAX
            && seq.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      throw FieldErrors.invalid(
          "Input should be the next of an earlier page", "int_parsing", "query", "before");
    }
    return Long.parseLong(seq);
  }

  private static Reply reply(List<TaskRow> rows, boolean mayBeMore) {
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("tasks", Views.lines(rows));
    page.put("next", mayBeMore ? rows.get(rows.size() - 1).seq() : null);
    return Reply.ok(page).withHeaders(Replies.NO_STORE);
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("listTasks", "List tasks")
            .description(
                "Extension. Tasks without their texts, newest first. Pass `next` of a page as"
                    + " `before` to get the one after it; null means that it was the last.")
            .query("state", "Only tasks in this state.", Docs.STATUS)
            .query("queue", "Only tasks of this queue.", Schemas.string("A queue."))
            .query(
                "before",
                "Where the page before this one ended.",
                Schemas.integer("A task's number.", 0, Long.MAX_VALUE))
            .query(
                "max",
                "How many tasks to return at most.",
                Schemas.with(Schemas.integer("Tasks.", 1, Tasks.PAGE_MAX), "default", PAGE))
            .answer(
                200,
                "A page.",
                new Docs.Members()
                    .add("tasks", Schemas.array(lineSchema(), Tasks.PAGE_MAX))
                    .add("next", Map.of("description", "Where to go on, or null."))
                    .object("tasks", "next"),
                Map.of(
                    "tasks",
                    List.of(
                        Map.of(
                            "taskId", "a",
                            "seq", 1,
                            "queue", "integration",
                            "status", "ready",
                            "priority", "normal",
                            "attempts", 0,
                            "submittedAt", "2026-01-15T10:30:00.000Z",
                            "changedAt", "2026-01-15T10:30:00.000Z")),
                    "next",
                    1));
    return Docs.invalid(doc).build();
  }

  private static Map<String, Object> lineSchema() {
    return new Docs.Members()
        .add("taskId", Docs.TASK_ID)
        .add("seq", Schemas.integer("Its number in submit order.", 1, Long.MAX_VALUE))
        .add("queue", Schemas.string("Where it waits."))
        .add("status", Docs.STATUS)
        .add("priority", Docs.PRIORITY)
        .add("attempts", Schemas.integer("Leases that count.", 0, Integer.MAX_VALUE))
        .add("submittedAt", Docs.instant("When it was put."))
        .add("changedAt", Docs.instant("Its last move."))
        .add("worker", Schemas.string("Who has it."))
        .object("taskId", "seq", "queue", "status", "attempts", "submittedAt", "changedAt");
  }
}
