package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.usecase.task.TaskControl;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.json.JsonValues;
import java.util.Map;

/** {@code POST /redriveTask}: starts a dead or cancelled task over. */
final class RedriveTask {
  private final TaskControl control;

  RedriveTask(TaskControl control) {
    this.control = requireNonNull(control, "control");
  }

  Route route() {
    return Route.post(
            "/redriveTask",
            Permission.of("tasks", "write"),
            Bodies.posting(Lookups.TASK, this::redrive),
            doc())
        .withMaxBody(Bodies.SMALL_BODY_MAX);
  }

  private Reply redrive(Request request, JsonValues body) {
    return Reply.later(
        control
            .redrive(request.tenant(), Fields.of(body).knownTask())
            .thenApply(row -> Reply.ok(Views.status(row))));
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("redriveTask", "Start a dead or cancelled task over")
            .description(
                "Extension. Gives the task all its attempts again, at its old place in the queue. A"
                    + " deadline that has passed is dropped.")
            .body(
                new Docs.Members().add("taskId", Docs.TASK_ID).object("taskId"),
                Map.of("taskId", "a"))
            .answer(
                200,
                "It waits again.",
                Docs.taskAndStatus(),
                Map.of("taskId", "a", "status", "ready"));
    Docs.unknown(doc);
    Docs.refused(
        doc, 409, "It is neither dead nor cancelled.", "task a is waiting and can't be redriven");
    return Docs.invalid(doc).build();
  }
}
