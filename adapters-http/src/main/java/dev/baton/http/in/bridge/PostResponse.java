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
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.JsonValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code POST /postResponse} and {@code /postResponses}: the answer of one task, or of many. */
final class PostResponse {
  private static final Permission WORK = Permission.of("tasks", "work");

  private final Settling settling;

  PostResponse(Settling settling) {
    this.settling = requireNonNull(settling, "settling");
  }

  Route one() {
    return Route.post(
        "/postResponse", WORK, Bodies.reading(NewAnswer.BODY::shape, this::post), oneDoc());
  }

  Route several() {
    return Route.post(
        "/postResponses",
        WORK,
        Bodies.reading(NewAnswer.Several.BODY::shape, this::postAll),
        severalDoc());
  }

  private Reply post(Request request, JsonValues body) {
    return Reply.later(
        settling
            .settle(request.tenant(), NewAnswer.read(Fields.of(body)))
            .thenApply(Replies::taken));
  }

  private Reply postAll(Request request, JsonValues body) {
    List<String> ids = new ArrayList<>();
    List<Settlement> settlements = new ArrayList<>();
    for (Fields fields : Fields.of(body).items("responses")) {
      String id = fields.values().requiredText("taskId");
      ids.add(id);
      if (TaskId.isValid(id)) {
        settlements.add(NewAnswer.read(fields));
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

  private static RouteDoc oneDoc() {
    return Docs.seed("postResponse", "Post the answer to a prompt")
        .description(
            "Stores the answer durably. The first answer counts: repeating it is harmless, and"
                + " a later, different one is kept aside; both are told by the header"
                + " Idempotent-Replayed.")
        .body(
            NewAnswer.BODY.schema(),
            Map.of(
                "taskId", "0198c0de-5f1a-7c3e-9b52-6a1f0c7d2e44",
                "content", "Bonjour le monde",
                "usage", Map.of("prompt_tokens", 10, "completion_tokens", 5, "total_tokens", 15),
                "traceId", "trace-123"))
        .answer(200, "The task has its answer.", Docs.schema(NewAnswer.Taken.class))
        .answer(404, Docs.UNKNOWN)
        .answer(409, Docs.LEASE_LOST)
        .answer(413, "The content is larger than 16 MiB, or the body is too large.", Docs.REFUSED)
        .build();
  }

  private static RouteDoc severalDoc() {
    return Docs.extension("postResponses", "Post the answers to many prompts")
        .description(
            "Extension. As postResponse, for 1 to 1,000 answers. Each is taken or refused on"
                + " its own: status says done, replayed, alternative, unknown, lease_lost,"
                + " cancelled or over.")
        .body(
            NewAnswer.Several.BODY.schema(),
            Map.of("responses", List.of(Map.of("taskId", "a", "content", "Bonjour"))))
        .answer(200, "What became of each, in order.", Docs.schema(NewAnswer.Outcomes.class))
        .answer(413, "A content, or the body, is too large.", Docs.REFUSED)
        .build();
  }
}
