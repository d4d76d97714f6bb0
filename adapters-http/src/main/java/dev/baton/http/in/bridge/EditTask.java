package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.usecase.task.TaskControl;
import dev.baton.core.usecase.task.TaskEdit;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import java.util.Map;

/** {@code POST /editTask}: changes a task that nobody holds. */
final class EditTask {
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .text("taskId", Fields.ID_LENGTH_MAX)
          .largeText("prompt", PromptReader.PROMPT_BYTES_MAX)
          .rawObject("meta", PromptReader.META_BYTES_MAX)
          .text("priority", 16)
          .text("startAt", Fields.INSTANT_LENGTH_MAX)
          .text("deadline", Fields.INSTANT_LENGTH_MAX)
          .require("taskId")
          .build();

  private final TaskControl control;

  EditTask(TaskControl control) {
    this.control = requireNonNull(control, "control");
  }

  Route route() {
    return Route.post(
            "/editTask", Permission.of("tasks", "write"), Bodies.posting(SHAPE, this::edit), doc())
        .withMaxBody(Bodies.PROMPT_BODY_MAX);
  }

  private Reply edit(Request request, JsonValues body) {
    Fields fields = Fields.of(body);
    TaskEdit edit =
        TaskEdit.of(
            body.text("prompt").map(PromptReader::text),
            body.text("meta").map(Metadata::new),
            fields.priority(),
            fields.instant("startAt"),
            fields.instant("deadline"));
    return Reply.later(
        control
            .edit(request.tenant(), fields.knownTask(), edit)
            .thenApply(task -> Reply.ok(Views.status(task.row()))));
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("editTask", "Change a task that waits")
            .description(
                "Extension. Changes what is given and leaves the rest. Only a task that nobody"
                    + " holds can be changed. A new priority or deadline gives it a new place in"
                    + " the queue.")
            .body(
                new Docs.Members()
                    .add("taskId", Docs.TASK_ID)
                    .add("prompt", Schemas.string("What is asked; not blank.", 1, 1 << 20))
                    .add("meta", Docs.META)
                    .add("priority", Docs.PRIORITY)
                    .add("startAt", Docs.instant("Handed to nobody before this instant."))
                    .add("deadline", Docs.instant("Given up at this instant."))
                    .object("taskId"),
                Map.of("taskId", "a", "priority", "high"))
            .answer(
                200,
                "It is changed.",
                Docs.taskAndStatus(),
                Map.of("taskId", "a", "status", "ready"));
    Docs.refused(doc, 400, "The prompt is blank.", "prompt is required");
    Docs.unknown(doc);
    Docs.refused(
        doc,
        409,
        "Somebody holds it, or it is over.",
        "task a is being worked on and can't be edited");
    return Docs.invalid(doc).build();
  }
}
