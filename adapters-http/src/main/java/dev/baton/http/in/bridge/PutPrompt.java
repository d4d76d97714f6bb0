package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.usecase.task.Submissions;
import dev.baton.core.usecase.task.Submitted;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.json.JsonValues;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code POST /putPrompt}: takes one prompt in. */
final class PutPrompt {
  private final Submissions submissions;
  private final Tasks tasks;
  private final PromptReader prompts;

  PutPrompt(Submissions submissions, Tasks tasks, PromptReader prompts) {
    this.submissions = requireNonNull(submissions, "submissions");
    this.tasks = requireNonNull(tasks, "tasks");
    this.prompts = requireNonNull(prompts, "prompts");
  }

  Route route() {
    return Route.post(
            "/putPrompt",
            Permission.of("tasks", "write"),
            Bodies.posting(PromptReader.SHAPE, this::put),
            doc())
        .withMaxBody(Bodies.PROMPT_BODY_MAX);
  }

  private Reply put(Request request, JsonValues body) {
    NewTask task = prompts.read(Fields.of(body));
    CompletableFuture<Submitted> submitted = submissions.submit(request.tenant(), task);
    return Reply.later(
        task.id().isEmpty()
            ? submitted.thenApply(
                done -> reply(done, DedupeKeys.shown(done.id(), task.dedupeKey())))
            : submitted.thenCompose(
                done -> key(request.tenant(), task, done).thenApply(key -> reply(done, key))));
  }

  /** The key that the task has, which for one that was found by its id may be another one. */
  private CompletableFuture<String> key(TenantId tenant, NewTask task, Submitted submitted) {
    if (!submitted.replayed()) {
      return completedFuture(DedupeKeys.shown(submitted.id(), task.dedupeKey()));
    }
    return tasks
        .find(tenant, submitted.id())
        .thenApply(
            found ->
                DedupeKeys.shown(
                    submitted.id(),
                    found.map(t -> t.row().terms().dedupeKey()).orElse(task.dedupeKey())));
  }

  private static Reply reply(Submitted submitted, String dedupeKey) {
    byte[] json =
        new JsonWriter(192)
            .open('{')
            .text("taskId", submitted.id().value())
            .text("dedupeKey", dedupeKey)
            .close('}')
            .bytes();
    Reply reply = Reply.encodedJson(200, json);
    return submitted.replayed() ? Replies.replayed(reply) : reply;
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.seed("putPrompt", "Enqueue a prompt")
            .description(
                "Enqueues a prompt as a task and returns its id once it is stored durably. Repeat"
                    + " safely with the same taskId or dedupeKey: the task that exists is returned"
                    + " with the header Idempotent-Replayed.")
            .body(
                Docs.prompt(),
                Map.of(
                    "prompt",
                    "Translate this to French: Hello world",
                    "meta",
                    Map.of("locale", "fr-FR")))
            .answer(
                200,
                "Stored, now or before.",
                new Docs.Members()
                    .add("taskId", Docs.TASK_ID)
                    .add("dedupeKey", Docs.DEDUPE_KEY)
                    .object("taskId", "dedupeKey"),
                Map.of(
                    "taskId",
                    "0198c0de-5f1a-7c3e-9b52-6a1f0c7d2e44",
                    "dedupeKey",
                    "c8a1f0c7d2e446a1f0c7d2e44c8a1f0c7d2e446a1f0c7d2e44c8a1f0c7d2e446a"));
    Docs.refused(doc, 400, "The prompt is blank.", "prompt is required");
    Docs.refused(doc, 409, "The taskId is taken.", "task a exists with other content");
    Docs.refused(doc, 413, "The prompt is larger than 1 MiB.", "prompt is larger");
    return Docs.invalid(doc).build();
  }
}
