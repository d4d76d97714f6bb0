package dev.baton.http.in.runner;

import static java.util.Objects.requireNonNull;

import dev.baton.http.in.server.Reply;
import dev.baton.http.in.server.Request;
import dev.baton.http.in.server.Route;
import dev.baton.http.in.server.RouteDoc;
import java.util.List;
import java.util.Map;

/** {@code /tasks} and what lies under it. */
final class TaskRoutes {
  private static final String TAG = "tasks";
  private static final String TASK = RunnerDialect.PREFIX + "/tasks/{id}";

  private final Kit kit;

  TaskRoutes(Kit kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  List<Route> routes() {
    return List.of(Route.get(TASK, this::get, getDoc()).withHead());
  }

  private Reply get(Request request) {
    return Reply.later(
        kit.baton()
            .tasks()
            .find(request.tenant(), Ids.task(request))
            .thenApply(
                found -> kit.envelope().ok(TaskViews.task(found.orElseThrow(Ids::unknownTask)))));
  }

  private static RouteDoc getDoc() {
    RouteDoc.Builder doc = Docs.seed(TAG, "readTask", "Get a task");
    Docs.id(doc, "The task.");
    Docs.answer(
        doc,
        200,
        TaskDocs.TASK,
        Map.of("id", "task-001", "status", "pending", "createdAt", Docs.TIME),
        "");
    return Docs.refused(doc, 404, "TASK_NOT_FOUND", "there is no such task.", "Task not found")
        .build();
  }
}
