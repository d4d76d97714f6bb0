package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.usecase.task.Settling;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code POST /postResponses}: brings the answers of many tasks, each on its own. */
final class PostResponses {
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .objects("responses", AnswerReader.SHAPE, Settling.BATCH_MAX)
          .require("responses")
          .build();

  private final Settling settling;

  PostResponses(Settling settling) {
    this.settling = requireNonNull(settling, "settling");
  }

  Route route() {
    return Route.post(
        "/postResponses", Permission.of("tasks", "work"), Bodies.posting(SHAPE, this::post), doc());
  }

  private Reply post(Request request, JsonValues body) {
    List<String> ids = new ArrayList<>();
    List<Settlement> settlements = new ArrayList<>();
    for (Fields fields : Fields.items(body, "responses")) {
      String id = fields.values().requiredText("taskId");
      ids.add(id);
      if (TaskId.isValid(id)) {
        settlements.add(AnswerReader.read(fields));
      }
    }
    CompletableFuture<List<Settled>> settled =
        settlements.isEmpty()
            ? completedFuture(List.of())
            : settling.settle(request.tenant(), settlements);
    return Reply.later(settled.thenApply(done -> reply(ids, done)));
  }

  /** An id that no task can have was not asked for, and stands for no task. */
  private static Reply reply(List<String> ids, List<Settled> settled) {
    JsonWriter json = new JsonWriter(96 * ids.size());
    json.open('{').name("results").open('[');
    Iterator<Settled> next = settled.iterator();
    for (String id : ids) {
      Settled.Kind kind = TaskId.isValid(id) ? next.next().kind() : Settled.Kind.UNKNOWN;
      json.open('{')
          .text("taskId", id)
          .raw("ok", Boolean.toString(kind.isAccepted()))
          .text("status", kind.name().toLowerCase(Locale.ROOT))
          .close('}');
    }
    return Reply.encodedJson(200, json.close(']').close('}').bytes());
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("postResponses", "Post the answers to many prompts")
            .description(
                "Extension. As postResponse, for 1 to 1,000 answers. Each is taken or refused on"
                    + " its own: status says done, replayed, alternative, unknown, lease_lost,"
                    + " cancelled or over.")
            .body(
                new Docs.Members()
                    .add("responses", Schemas.array(Docs.answer(), Settling.BATCH_MAX))
                    .object("responses"),
                Map.of("responses", List.of(Map.of("taskId", "a", "content", "Bonjour"))))
            .answer(
                200,
                "What became of each, in order.",
                new Docs.Members()
                    .add("results", Schemas.array(result(), Settling.BATCH_MAX))
                    .object("results"),
                Map.of("results", List.of(Map.of("taskId", "a", "ok", true, "status", "done"))));
    Docs.refused(doc, 413, "A content, or the body, is too large.", "content is larger");
    return Docs.invalid(doc).build();
  }

  private static Map<String, Object> result() {
    return new Docs.Members()
        .add("taskId", Docs.TASK_ID)
        .add("ok", Schemas.bool("Whether the task has its answer."))
        .add("status", Schemas.string("What became of it."))
        .object("taskId", "ok", "status");
  }
}
