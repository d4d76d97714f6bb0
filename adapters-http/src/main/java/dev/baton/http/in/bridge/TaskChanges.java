package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.usecase.task.TaskControl;
import dev.baton.core.usecase.task.TaskEdit;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.JsonValues;
import dev.baton.http.in.json.RawObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Changes tasks from outside: cancels, redrives, edits. */
final class TaskChanges {
  private static final Permission WRITE = Permission.of("tasks", "write");

  private final TaskControl control;

  TaskChanges(TaskControl control) {
    this.control = requireNonNull(control, "control");
  }

  List<Route> routes() {
    return List.of(
        route("/cancelTask", this::cancel, cancelDoc()),
        route("/redriveTask", this::redrive, redriveDoc()),
        Route.post("/editTask", WRITE, Bodies.reading(Edit.BODY::shape, this::edit), editDoc())
            .withMaxBody(Bodies.PROMPT_BODY_MAX));
  }

  private static Route route(String path, BiFunction<Request, Named, Reply> action, RouteDoc doc) {
    return Route.post(path, WRITE, Bodies.posting(Named.BODY, action), doc)
        .withMaxBody(Bodies.SMALL_BODY_MAX);
  }

  @Doc(value = "", name = "BridgeTaskName")
  private record Named(@Doc(Docs.TASK) @Bounds(max = Docs.ID_LENGTH_MAX) String taskId) {
    private static final Body<Named> BODY = Body.of(Named.class);
  }

  @Doc(value = "", name = "BridgeTaskEdit")
  private record Edit(
      @Doc(Docs.TASK) @Bounds(max = Docs.ID_LENGTH_MAX) String taskId,
      @Doc("What is asked; not blank.") @Bounds(max = Member.PROMPT_BYTES_MAX, bytes = true)
          Optional<String> prompt,
      @Doc(Docs.META) @Bounds(max = Member.METADATA_BYTES_MAX) Optional<RawObject> meta,
      @Doc("How far ahead of others of its queue it goes.") Optional<Priority> priority,
      @Doc("Handed to nobody before this instant.") Optional<Instant> startAt,
      @Doc("Given up at this instant.") Optional<Instant> deadline) {
    private static final Body<Edit> BODY = Body.of(Edit.class);
  }

  private Reply cancel(Request request, Named task) {
    return Reply.later(
        control
            .cancel(request.tenant(), TaskReads.known(task.taskId))
            .thenApply(row -> Reply.ok(TaskViews.Status.of(row))));
  }

  private Reply redrive(Request request, Named task) {
    return Reply.later(
        control
            .redrive(request.tenant(), TaskReads.known(task.taskId))
            .thenApply(row -> Reply.ok(TaskViews.Status.of(row))));
  }

  private Reply edit(Request request, JsonValues body) {
    TaskEdit asked = PromptReader.edit(body);
    return Reply.later(
        control
            .edit(request.tenant(), TaskReads.known(body.requiredText("taskId")), asked)
            .thenApply(task -> Reply.ok(TaskViews.Status.of(task.row()))));
  }

  private static RouteDoc cancelDoc() {
    RouteDoc.Builder doc =
        Docs.extension("cancelTask", "Call a task off")
            .description(
                "Extension. Nobody works on the task any more; whoever holds it is told by 409 on"
                    + " the next call. Cancelling twice changes nothing.")
            .body(Named.BODY.schema(), Map.of("taskId", "a"))
            .answer(200, "It is cancelled.", Docs.schema(TaskViews.Status.class));
    return documented(doc, "It is over.");
  }

  private static RouteDoc redriveDoc() {
    RouteDoc.Builder doc =
        Docs.extension("redriveTask", "Start a dead or cancelled task over")
            .description(
                "Extension. Gives the task all its attempts again, at its old place in the queue. A"
                    + " deadline that has passed is dropped.")
            .body(Named.BODY.schema(), Map.of("taskId", "a"))
            .answer(200, "It waits again.", Docs.schema(TaskViews.Status.class));
    return documented(doc, "It is neither dead nor cancelled.");
  }

  private static RouteDoc editDoc() {
    RouteDoc.Builder doc =
        Docs.extension("editTask", "Change a task that waits")
            .description(
                "Extension. Changes what is given and leaves the rest. Only a task that nobody holds"
                    + " can be changed. A new priority or deadline gives it a new place in the"
                    + " queue.")
            .body(Edit.BODY.schema(), Map.of("taskId", "a", "priority", "high"))
            .answer(200, "It is changed.", Docs.schema(TaskViews.Status.class));
    doc.answer(400, "The prompt is blank.", Docs.REFUSED);
    return documented(doc, "Somebody holds it, or it is over.");
  }

  private static RouteDoc documented(RouteDoc.Builder doc, String conflict) {
    return doc.answer(404, Docs.UNKNOWN).answer(409, conflict, Docs.REFUSED).build();
  }
}
