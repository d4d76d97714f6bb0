package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.usecase.task.Settling;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.JsonValues;
import java.util.Map;

/** {@code POST /postResponse}: brings the answer of one task. */
final class PostResponse {
  private final Settling settling;

  PostResponse(Settling settling) {
    this.settling = requireNonNull(settling, "settling");
  }

  Route route() {
    return Route.post(
        "/postResponse",
        Permission.of("tasks", "work"),
        Bodies.posting(AnswerReader.SHAPE, this::post),
        doc());
  }

  private Reply post(Request request, JsonValues body) {
    return Reply.later(
        settling
            .settle(request.tenant(), AnswerReader.read(Fields.of(body)))
            .thenApply(Replies::taken));
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.seed("postResponse", "Post the answer to a prompt")
            .description(
                "Stores the answer durably. The first answer counts: repeating it is harmless, and"
                    + " a later, different one is kept aside; both are told by the header"
                    + " Idempotent-Replayed.")
            .body(
                Docs.answer(),
                Map.of(
                    "taskId", "0198c0de-5f1a-7c3e-9b52-6a1f0c7d2e44",
                    "content", "Bonjour le monde",
                    "usage",
                        Map.of("prompt_tokens", 10, "completion_tokens", 5, "total_tokens", 15),
                    "traceId", "trace-123"))
            .answer(
                200,
                "The task has its answer.",
                new Docs.Members()
                    .add("ok", Docs.OK)
                    .add("version", Schemas.string("The version of this API."))
                    .object("ok", "version"),
                Map.of("ok", true, "version", "v1"));
    Docs.unknown(doc);
    Docs.leaseLost(doc);
    Docs.refused(doc, 413, "The content is larger than 16 MiB.", "content is larger");
    return Docs.invalid(doc).build();
  }
}
