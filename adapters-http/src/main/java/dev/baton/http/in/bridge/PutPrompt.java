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
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code POST /putPrompt} and {@code /putPrompts}: takes one prompt in, or many, all or none. */
final class PutPrompt {
  private static final Permission WRITE = Permission.of("tasks", "write");

  private final Submissions submissions;
  private final Tasks tasks;
  private final PromptReader prompts;

  PutPrompt(Submissions submissions, Tasks tasks, PromptReader prompts) {
    this.submissions = requireNonNull(submissions, "submissions");
    this.tasks = requireNonNull(tasks, "tasks");
    this.prompts = requireNonNull(prompts, "prompts");
  }

  Route one() {
    return Route.post(
            "/putPrompt", WRITE, Bodies.reading(NewPrompt.BODY::shape, this::put), oneDoc())
        .withMaxBody(Bodies.PROMPT_BODY_MAX);
  }

  Route several() {
    return Route.post(
        "/putPrompts",
        WRITE,
        Bodies.reading(NewPrompt.Several.BODY::shape, this::putAll),
        severalDoc());
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

  private Reply putAll(Request request, JsonValues body) {
    List<NewTask> all = Fields.of(body).items("prompts").stream().map(prompts::read).toList();
    return Reply.later(
        submissions.submit(request.tenant(), all).thenApply(done -> reply(all, done)));
  }

  private static Reply reply(List<NewTask> tasks, List<Submitted> submitted) {
    JsonWriter json = new JsonWriter(192 * tasks.size());
    json.open('{').name("tasks").open('[');
    for (int i = 0; i < tasks.size(); i++) {
      Submitted one = submitted.get(i);
      json.open('{')
          .text("taskId", one.id().value())
          .text("dedupeKey", DedupeKeys.shown(one.id(), tasks.get(i).dedupeKey()))
          .raw("replayed", Boolean.toString(one.replayed()))
          .close('}');
    }
    return Reply.encodedJson(200, json.close(']').close('}').bytes());
  }

  private static RouteDoc oneDoc() {
    RouteDoc.Builder doc =
        Docs.seed("putPrompt", "Enqueue a prompt")
            .description(
                "Enqueues a prompt as a task and returns its id once it is stored durably. Repeat"
                    + " safely with the same taskId or dedupeKey: the task that exists is returned"
                    + " with the header Idempotent-Replayed.")
            .body(
                NewPrompt.BODY.schema(),
                Map.of(
                    "prompt",
                    "Translate this to French: Hello world",
                    "meta",
                    Map.of("locale", "fr-FR")))
            .answer(200, "Stored, now or before.", Docs.schema(NewPrompt.Stored.class));
    return documented(doc);
  }

  private static RouteDoc severalDoc() {
    RouteDoc.Builder doc =
        Docs.extension("putPrompts", "Enqueue many prompts")
            .description(
                "Extension. As putPrompt, for 1 to 1,000 prompts in order: all are stored or none."
                    + " Each answer says whether its task existed before.")
            .body(
                NewPrompt.Several.BODY.schema(),
                Map.of("prompts", List.of(Map.of("prompt", "One?"), Map.of("prompt", "Two?"))))
            .answer(
                200, "All are stored, now or before.", Docs.schema(NewPrompt.StoredTasks.class));
    return documented(doc);
  }

  private static RouteDoc documented(RouteDoc.Builder doc) {
    return doc.answer(400, "A prompt is blank.", Docs.REFUSED)
        .answer(409, "A taskId is taken.", Docs.REFUSED)
        .answer(413, "A prompt is larger than 1 MiB, or the body is too large.", Docs.REFUSED)
        .build();
  }
}
