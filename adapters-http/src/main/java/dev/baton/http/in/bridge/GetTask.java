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

/** {@code GET /getTask}: all there is to know about a task, and why it waits. */
final class GetTask {
  private final Tasks tasks;
  private final Insight insight;

  GetTask(Tasks tasks, Insight insight) {
    this.tasks = requireNonNull(tasks, "tasks");
    this.insight = requireNonNull(insight, "insight");
  }

  Route route() {
    return Route.get("/getTask", Permission.of("tasks", "read"), this::get, doc()).withHead();
  }

  private Reply get(Request request) {
    return Reply.later(
        Lookups.find(tasks, request)
            .thenCompose(
                task ->
                    whyWaiting(request.tenant(), task)
                        .thenApply(
                            wait ->
                                Reply.ok(Views.task(task, wait)).withHeaders(Replies.NO_STORE))));
  }

  private CompletableFuture<Optional<Wait>> whyWaiting(TenantId tenant, Task task) {
    return task.state().kind().isTerminal()
        ? completedFuture(Optional.empty())
        : insight.whyWaiting(tenant, task.id());
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("getTask", "Read everything about a task")
            .description(
                "Extension. The prompt, its terms, who has it, every attempt so far, the answer and"
                    + " those that came too late. While it is not over, `waiting` says why it has"
                    + " no answer yet.")
            .parameter(new RouteDoc.Parameter("taskId", "query", "The task.", true, Docs.TASK_ID))
            .answer(
                200,
                "The task as it stands.",
                schema(),
                Map.of(
                    "taskId", "a",
                    "queue", "integration",
                    "status", "ready",
                    "priority", "normal",
                    "prompt", "Translate this to French: Hello world",
                    "attempts", 0,
                    "submittedAt", "2026-01-15T10:30:00.000Z",
                    "waiting",
                        Map.of(
                            "reason", "in_line",
                            "sentence", "next in line: waits for a worker to ask",
                            "ahead", 0)));
    Docs.unknown(doc);
    return Docs.invalid(doc).build();
  }

  private static Map<String, Object> schema() {
    return new Docs.Members()
        .add("taskId", Docs.TASK_ID)
        .add("queue", Schemas.string("Where it waits."))
        .add("status", Docs.STATUS)
        .add("priority", Docs.PRIORITY)
        .add("prompt", Schemas.string("What is asked."))
        .add("meta", Docs.META)
        .add("dedupeKey", Docs.DEDUPE_KEY)
        .add("model", Schemas.string("Who is asked; absent: whoever takes it decides."))
        .add("batchId", Schemas.string("The batch that it belongs to."))
        .add("submittedAt", Docs.instant("When it was put."))
        .add("attempts", Schemas.integer("Leases that count.", 0, Integer.MAX_VALUE))
        .add("maxAttempts", Map.of("description", "Leases until it is given up; null: no bound."))
        .add("deadline", Docs.instant("Given up at this instant."))
        .add("startAt", Docs.instant("Held until this instant."))
        .add("lease", Schemas.anyObject("leaseId, worker, grantedAt and expiresAt."))
        .add("progress", Schemas.anyObject("percent and note, as its worker said last."))
        .add("content", Schemas.string("The answer."))
        .add("usage", Docs.USAGE)
        .add("traceId", Schemas.string("As the worker gave it."))
        .add("error", Docs.ERROR)
        .add("completedAt", Docs.instant("When it was over."))
        .add("history", list("Attempts that ended without an answer, oldest first."))
        .add("answeredBy", Schemas.anyObject("The attempt that brought the answer."))
        .add("alternatives", list("Answers that came after the one that counts."))
        .add(
            "waiting",
            Schemas.anyObject(
                "reason, sentence, and where known ahead, until and estimateSeconds."))
        .object("taskId", "queue", "status", "priority", "prompt", "submittedAt", "attempts");
  }

  private static Map<String, Object> list(String description) {
    return Map.of("type", "array", "items", Map.of("type", "object"), "description", description);
  }
}
