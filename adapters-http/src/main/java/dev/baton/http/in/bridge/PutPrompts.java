package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.task.NewTask;
import dev.baton.core.usecase.task.Submissions;
import dev.baton.core.usecase.task.Submitted;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import java.util.List;
import java.util.Map;

/** {@code POST /putPrompts}: takes many prompts in, all or none. */
final class PutPrompts {
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .objects("prompts", PromptReader.SHAPE, Submissions.BATCH_MAX)
          .require("prompts")
          .build();

  private final Submissions submissions;
  private final PromptReader prompts;

  PutPrompts(Submissions submissions, PromptReader prompts) {
    this.submissions = requireNonNull(submissions, "submissions");
    this.prompts = requireNonNull(prompts, "prompts");
  }

  Route route() {
    return Route.post(
        "/putPrompts", Permission.of("tasks", "write"), Bodies.posting(SHAPE, this::put), doc());
  }

  private Reply put(Request request, JsonValues body) {
    List<NewTask> tasks = Fields.items(body, "prompts").stream().map(prompts::read).toList();
    return Reply.later(
        submissions.submit(request.tenant(), tasks).thenApply(done -> reply(tasks, done)));
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

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("putPrompts", "Enqueue many prompts")
            .description(
                "Extension. As putPrompt, for 1 to 1,000 prompts in order: all are stored or none."
                    + " Each answer says whether its task existed before.")
            .body(
                new Docs.Members()
                    .add("prompts", Schemas.array(Docs.prompt(), Submissions.BATCH_MAX))
                    .object("prompts"),
                Map.of("prompts", List.of(Map.of("prompt", "One?"), Map.of("prompt", "Two?"))))
            .answer(
                200,
                "All are stored, now or before.",
                new Docs.Members()
                    .add(
                        "tasks",
                        Schemas.array(
                            new Docs.Members()
                                .add("taskId", Docs.TASK_ID)
                                .add("dedupeKey", Docs.DEDUPE_KEY)
                                .add("replayed", Schemas.bool("Whether it existed before."))
                                .object("taskId", "dedupeKey", "replayed"),
                            Submissions.BATCH_MAX))
                    .object("tasks"),
                Map.of(
                    "tasks",
                    List.of(Map.of("taskId", "a", "dedupeKey", "key-a", "replayed", false))));
    Docs.refused(doc, 400, "A prompt is blank.", "prompt is required");
    Docs.refused(doc, 409, "A taskId is taken.", "task a exists with other content");
    Docs.refused(doc, 413, "A prompt, or the body, is too large.", "prompt is larger");
    return Docs.invalid(doc).build();
  }
}
