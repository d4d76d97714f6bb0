package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

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
import java.time.Duration;
import java.util.Map;

/** {@code POST /releasePrompt}: gives a prompt back, uncounted. */
final class ReleasePrompt {
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .text("leaseId", Fields.ID_LENGTH_MAX)
          .integer("delaySeconds", 0, Fields.DELAY_SECONDS_MAX)
          .require("leaseId")
          .build();

  private final Settling settling;

  ReleasePrompt(Settling settling) {
    this.settling = requireNonNull(settling, "settling");
  }

  Route route() {
    return Route.post(
            "/releasePrompt",
            Permission.of("tasks", "work"),
            Bodies.posting(SHAPE, this::release),
            doc())
        .withMaxBody(Bodies.SMALL_BODY_MAX);
  }

  private Reply release(Request request, JsonValues body) {
    Fields fields = Fields.of(body);
    Settlement release =
        new Settlement.Release(
            fields.lease(), fields.seconds("delaySeconds").orElse(Duration.ZERO));
    return Reply.later(settling.settle(request.tenant(), release).thenApply(Replies::settled));
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("releasePrompt", "Give a prompt back")
            .description(
                "Extension. Ends your lease without an answer and without counting the attempt."
                    + " Another worker gets the prompt at once, or after delaySeconds.")
            .body(
                new Docs.Members()
                    .add("leaseId", Docs.LEASE_ID)
                    .add(
                        "delaySeconds",
                        Schemas.integer(
                            "Handed to nobody for so long.", 0, Fields.DELAY_SECONDS_MAX))
                    .object("leaseId"),
                Map.of("leaseId", "a~1"))
            .answer(200, "It is given back.", Docs.ok(), Map.of("ok", true));
    Docs.unknown(doc);
    Docs.leaseLost(doc);
    return Docs.invalid(doc).build();
  }
}
