package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.usecase.Tasks;
import dev.baton.http.in.server.Reply;
import dev.baton.http.in.server.Request;
import dev.baton.http.in.server.Route;
import dev.baton.http.in.server.RouteDoc;
import dev.baton.http.in.server.Schemas;
import java.util.Map;

/** {@code GET /getResponse}: the answer, for whoever put the prompt. */
final class GetResponse {
  private final Tasks tasks;

  GetResponse(Tasks tasks) {
    this.tasks = requireNonNull(tasks, "tasks");
  }

  Route route() {
    return Route.get("/getResponse", this::get, doc()).withHead();
  }

  private Reply get(Request request) {
    return Reply.later(
        Lookups.find(tasks, request)
            .thenApply(task -> Reply.ok(Views.response(task)).withHeaders(Replies.NO_STORE)));
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("getResponse", "Read the answer to a prompt")
            .description(
                "Extension. The status of the task, with the answer once it has succeeded, or the"
                    + " error once it is dead.")
            .parameter(new RouteDoc.Parameter("taskId", "query", "The task.", true, Docs.TASK_ID))
            .answer(
                200,
                "The task as it stands.",
                new Docs.Members()
                    .add("taskId", Docs.TASK_ID)
                    .add("status", Docs.STATUS)
                    .add("content", Schemas.string("The answer."))
                    .add("usage", Docs.USAGE)
                    .add("traceId", Schemas.string("As the worker gave it."))
                    .add("error", Docs.ERROR)
                    .add("completedAt", Docs.instant("When it was over."))
                    .object("taskId", "status"),
                Map.of(
                    "taskId", "a",
                    "status", "succeeded",
                    "content", "Bonjour le monde",
                    "completedAt", "2026-01-15T10:30:00.000Z"));
    Docs.unknown(doc);
    return Docs.invalid(doc).build();
  }
}
