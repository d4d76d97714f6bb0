package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.usecase.task.LeasedWork;
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
import java.util.Optional;

/** {@code POST /extendLease}: a worker's heartbeat. */
final class ExtendLease {
  private static final JsonShape PROGRESS =
      JsonShape.builder()
          .integer("percent", 0, 100)
          .text("note", Progress.MAX_NOTE_LENGTH)
          .require("percent")
          .build();

  private final LeasedWork holding;
  private final int leaseSecondsMax;

  ExtendLease(LeasedWork holding, int leaseSecondsMax) {
    this.holding = requireNonNull(holding, "holding");
    this.leaseSecondsMax = leaseSecondsMax;
  }

  Route route() {
    JsonShape shape =
        JsonShape.builder()
            .text("leaseId", Fields.ID_LENGTH_MAX)
            .integer("leaseSeconds", 1, leaseSecondsMax)
            .object("progress", PROGRESS)
            .require("leaseId")
            .build();
    return Route.post(
            "/extendLease",
            Permission.of("tasks", "work"),
            Bodies.posting(shape, this::extend),
            doc())
        .withMaxBody(Bodies.SMALL_BODY_MAX);
  }

  private Reply extend(Request request, JsonValues body) {
    Fields fields = Fields.of(body);
    Duration lease =
        fields.seconds("leaseSeconds").orElse(Duration.ofSeconds(GetPrompt.LEASE_SECONDS));
    Optional<Progress> progress = body.object("progress").map(ExtendLease::progress);
    return Reply.later(
        holding
            .extend(request.tenant(), fields.lease(), lease, progress)
            .thenApply(ExtendLease::reply));
  }

  private static Progress progress(JsonValues progress) {
    return new Progress(
        (int) progress.integer("percent").orElseThrow(), progress.text("note").orElse(""));
  }

  private static Reply reply(Lease lease) {
    return Reply.ok(new Extended(true, Views.instant(lease.expiresAt())));
  }

  private record Extended(boolean ok, String leaseExpiresAt) {}

  private RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("extendLease", "Keep a prompt for longer")
            .description(
                "Extension. Makes the lease last leaseSeconds from now; it never gets shorter. Send"
                    + " it every third of the lease while you work. 409 means that the task is no"
                    + " longer yours: drop the work.")
            .body(
                new Docs.Members()
                    .add("leaseId", Docs.LEASE_ID)
                    .add(
                        "leaseSeconds",
                        Schemas.with(
                            Schemas.integer("From now on.", 1, leaseSecondsMax),
                            "default",
                            GetPrompt.LEASE_SECONDS))
                    .add("progress", progressSchema())
                    .object("leaseId"),
                Map.of("leaseId", "a~1", "leaseSeconds", 120))
            .answer(
                200,
                "The lease is extended.",
                new Docs.Members()
                    .add("ok", Docs.OK)
                    .add("leaseExpiresAt", Docs.instant("When it ends now."))
                    .object("ok", "leaseExpiresAt"),
                Map.of("ok", true, "leaseExpiresAt", "2026-01-15T10:32:00.000Z"));
    Docs.unknown(doc);
    Docs.leaseLost(doc);
    return Docs.invalid(doc).build();
  }

  private static Map<String, Object> progressSchema() {
    return new Docs.Members()
        .add("percent", Schemas.integer("How far you are.", 0, 100))
        .add("note", Schemas.string("A word about it.", 0, Progress.MAX_NOTE_LENGTH))
        .object("percent");
  }
}
