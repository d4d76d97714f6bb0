package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.Task;
import dev.baton.core.usecase.insight.Insight;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code GET /getResponse}: the answer, for whoever put the prompt. */
final class GetResponse {
  private final Tasks tasks;
  private final Insight insight;

  GetResponse(Tasks tasks, Insight insight) {
    this.tasks = requireNonNull(tasks, "tasks");
    this.insight = requireNonNull(insight, "insight");
  }

  Route route() {
    return Route.get("/getResponse", Permission.of("tasks", "read"), this::get, doc()).withHead();
  }

  private Reply get(Request request) {
    return Reply.later(
        Lookups.find(tasks, request)
            .thenCompose(
                task ->
                    whyWaiting(request.tenant(), task)
                        .thenApply(
                            wait ->
                                Reply.ok(Views.response(task, wait))
                                    .withHeaders(Replies.NO_STORE))));
  }

  private CompletableFuture<Optional<Wait>> whyWaiting(TenantId tenant, Task task) {
    return task.state().kind().isTerminal()
        ? completedFuture(Optional.empty())
        : insight.whyBriefly(tenant, task.id());
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
                    .add("waiting", Schemas.anyObject("Why it has none: reason, sentence, until."))
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
