package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.task.Failure;
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
import java.util.Map;
import java.util.Optional;

/** {@code POST /failPrompt}: says that an attempt failed, for now or for good. */
final class FailPrompt {
  private static final String UNNAMED = "WORKER_FAILED";

  private static final JsonShape ERROR =
      JsonShape.builder()
          .text("code", Failure.MAX_CODE_LENGTH)
          .text("message", Failure.MAX_MESSAGE_LENGTH)
          .build();
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .text("leaseId", Fields.ID_LENGTH_MAX)
          .object("error", ERROR)
          .bool("retryable")
          .integer("retryAfterSeconds", 0, Fields.DELAY_SECONDS_MAX)
          .require("leaseId")
          .build();

  private final Settling settling;

  FailPrompt(Settling settling) {
    this.settling = requireNonNull(settling, "settling");
  }

  Route route() {
    return Route.post(
            "/failPrompt", Permission.of("tasks", "work"), Bodies.posting(SHAPE, this::fail), doc())
        .withMaxBody(Bodies.SMALL_BODY_MAX);
  }

  private Reply fail(Request request, JsonValues body) {
    Fields fields = Fields.of(body);
    Optional<JsonValues> error = body.object("error");
    String code = error.flatMap(e -> e.text("code")).filter(c -> !c.isBlank()).orElse(UNNAMED);
    String message = error.flatMap(e -> e.text("message")).orElse("");
    Settlement fail =
        new Settlement.Fail(
            fields.lease(),
            new Failure(code, message, body.bool("retryable", true)),
            fields.seconds("retryAfterSeconds"));
    return Reply.later(settling.settle(request.tenant(), fail).thenApply(Replies::settled));
  }

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("failPrompt", "Say that an attempt failed")
            .description(
                "Extension. Ends your lease with a failure. A retryable one is tried again after a"
                    + " rest, as long as attempts are left; any other puts the task among the dead"
                    + " letters, from where it can be redriven.")
            .body(
                new Docs.Members()
                    .add("leaseId", Docs.LEASE_ID)
                    .add("error", Docs.ERROR)
                    .add(
                        "retryable",
                        Schemas.with(
                            Schemas.bool("Whether another attempt could succeed."),
                            "default",
                            true))
                    .add(
                        "retryAfterSeconds",
                        Schemas.integer(
                            "Overrides the rest before the next attempt.",
                            0,
                            Fields.DELAY_SECONDS_MAX))
                    .object("leaseId"),
                Map.of(
                    "leaseId",
                    "a~1",
                    "error",
                    Map.of("code", "RATE_LIMITED", "message", "the provider is busy"),
                    "retryAfterSeconds",
                    30))
            .answer(200, "The failure is stored.", Docs.ok(), Map.of("ok", true));
    Docs.unknown(doc);
    Docs.leaseLost(doc);
    return Docs.invalid(doc).build();
  }
}
