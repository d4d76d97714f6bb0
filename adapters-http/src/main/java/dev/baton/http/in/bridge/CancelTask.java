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

/** {@code POST /cancelTask}: calls a task off. */
final class CancelTask {
  private final TaskControl control;

  CancelTask(TaskControl control) {
    this.control = requireNonNull(control, "control");
  }

  Route route() {
    return Route.post(
            "/cancelTask",
            Permission.of("tasks", "write"),
            Bodies.posting(Lookups.TASK, this::cancel),
            doc())
        .withMaxBody(Bodies.SMALL_BODY_MAX);
  }

  private Reply cancel(Request request, JsonValues body) {
    return Reply.later(
        control
            .cancel(request.tenant(), Fields.of(body).knownTask())
            .thenApply(row -> Reply.ok(Views.status(row))));
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("cancelTask", "Call a task off")
            .description(
                "Extension. Nobody works on the task any more; whoever holds it is told by 409 on"
                    + " the next call. Cancelling twice changes nothing.")
            .body(
                new Docs.Members().add("taskId", Docs.TASK_ID).object("taskId"),
                Map.of("taskId", "a"))
            .answer(
                200,
                "It is cancelled.",
                Docs.taskAndStatus(),
                Map.of("taskId", "a", "status", "cancelled"));
    Docs.unknown(doc);
    Docs.refused(doc, 409, "It is over.", "task a has its answer and can't be cancelled");
    return Docs.invalid(doc).build();
  }
}
