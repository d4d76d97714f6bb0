package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.usecase.task.LeasedWork;
import dev.baton.core.usecase.task.Settling;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/** What a worker does with the lease that it holds, beside answering. */
final class LeaseRoutes {
  /** UTF-16 units in one piece: pieces are for reading along, the answer may be larger. */
  static final int CHUNK_LENGTH_MAX = 16 << 10;

  private static final Permission WORK = Permission.of("tasks", "work");

  private final LeasedWork leasedWork;
  private final Settling settling;
  private final int leaseSecondsMax;

  LeaseRoutes(LeasedWork leasedWork, Settling settling, int leaseSecondsMax) {
    this.leasedWork = requireNonNull(leasedWork, "leasedWork");
    this.settling = requireNonNull(settling, "settling");
    this.leaseSecondsMax = leaseSecondsMax;
  }

  List<Route> routes() {
    return List.of(
        route("/extendLease", Extend.BODY, this::extend, Extend.doc()),
        route("/releasePrompt", Release.BODY, this::release, Release.doc()),
        route("/failPrompt", Fail.BODY, this::fail, Fail.doc()),
        Route.post("/appendChunks", WORK, Bodies.posting(Append.BODY, this::append), Append.doc()));
  }

  private static <T extends Record> Route route(
      String path, Body<T> body, BiFunction<Request, T, Reply> action, RouteDoc doc) {
    return Route.post(path, WORK, Bodies.posting(body, action), doc)
        .withMaxBody(Bodies.SMALL_BODY_MAX);
  }

  private static RouteDoc documented(RouteDoc.Builder doc) {
    return doc.answer(404, Docs.UNKNOWN).answer(409, Docs.LEASE_LOST).build();
  }

  @Doc(value = "", name = "BridgeExtension")
  private record Extend(
      @Doc(Docs.LEASE) LeaseId leaseId,
      @Doc("From now on; 120 by default.") @Bounds(min = 1, max = BridgeSettings.LEASE_SECONDS_MAX)
          OptionalInt leaseSeconds,
      @Doc("How far you are.") Optional<ProgressBody> progress) {
    private static final Body<Extend> BODY = Body.of(Extend.class);

    private static RouteDoc doc() {
      return documented(
          Docs.extension("extendLease", "Keep a prompt for longer")
              .description(
                  "Extension. Makes the lease last leaseSeconds from now; it never gets shorter."
                      + " Send it every third of the lease while you work. 409 means that the task"
                      + " is no longer yours: drop the work.")
              .body(BODY.schema(), Map.of("leaseId", "a~1", "leaseSeconds", 120))
              .answer(200, "The lease is extended.", Docs.schema(Extended.class)));
    }
  }

  @Doc(value = "", name = "BridgeProgressReport")
  private record ProgressBody(
      @Doc("0 to 100.") @Bounds(max = 100) int percent,
      @Doc("A word about it.") @Bounds(max = Progress.MAX_NOTE_LENGTH) Optional<String> note) {}

  @Doc(value = "", name = "BridgeExtended")
  private record Extended(
      @Doc("Always true.") boolean ok, @Doc("When it ends now.") Instant leaseExpiresAt) {}

  private Reply extend(Request request, Extend asked) {
    int seconds = asked.leaseSeconds.orElse(GetPrompt.LEASE_SECONDS);
    if (seconds > leaseSecondsMax) {
      throw FieldErrors.invalid(
          "Input should be less than or equal to " + leaseSecondsMax,
          "less_than_equal",
          "body",
          "leaseSeconds");
    }
    Optional<Progress> progress =
        asked.progress.map(said -> new Progress(said.percent, said.note.orElse("")));
    return Reply.later(
        leasedWork
            .extend(request.tenant(), asked.leaseId, Duration.ofSeconds(seconds), progress)
            .thenApply(lease -> Reply.ok(new Extended(true, lease.expiresAt()))));
  }

  @Doc(value = "", name = "BridgeRelease")
  private record Release(
      @Doc(Docs.LEASE) LeaseId leaseId,
      @Doc("Handed to nobody for so long.") @Bounds(max = Docs.DELAY_SECONDS_MAX)
          OptionalInt delaySeconds) {
    private static final Body<Release> BODY = Body.of(Release.class);

    private static RouteDoc doc() {
      return documented(
          Docs.extension("releasePrompt", "Give a prompt back")
              .description(
                  "Extension. Ends your lease without an answer and without counting the attempt."
                      + " Another worker gets the prompt at once, or after delaySeconds.")
              .body(BODY.schema(), Map.of("leaseId", "a~1"))
              .answer(200, "It is given back.", Docs.schema(Docs.Done.class)));
    }
  }

  private Reply release(Request request, Release asked) {
    return settled(
        request,
        new Settlement.Release(asked.leaseId, Duration.ofSeconds(asked.delaySeconds.orElse(0))));
  }

  @Doc(value = "", name = "BridgeFailure")
  private record Fail(
      @Doc(Docs.LEASE) LeaseId leaseId,
      @Doc("Why.") Optional<ErrorBody> error,
      @Doc("Whether another attempt could succeed; true by default.") Optional<Boolean> retryable,
      @Doc("Overrides the rest before the next attempt.") @Bounds(max = Docs.DELAY_SECONDS_MAX)
          OptionalInt retryAfterSeconds) {
    private static final Body<Fail> BODY = Body.of(Fail.class);

    private static RouteDoc doc() {
      return documented(
          Docs.extension("failPrompt", "Say that an attempt failed")
              .description(
                  "Extension. Ends your lease with a failure. A retryable one is tried again after"
                      + " a rest, as long as attempts are left; any other puts the task among the"
                      + " dead letters, from where it can be redriven.")
              .body(
                  BODY.schema(),
                  Map.of(
                      "leaseId",
                      "a~1",
                      "error",
                      Map.of("code", "RATE_LIMITED", "message", "the provider is busy"),
                      "retryAfterSeconds",
                      30))
              .answer(200, "The failure is stored.", Docs.schema(Docs.Done.class)));
    }

    private Failure failure() {
      String code =
          error.flatMap(ErrorBody::code).filter(c -> !c.isBlank()).orElse("WORKER_FAILED");
      String message = error.flatMap(ErrorBody::message).orElse("");
      return new Failure(code, message, retryable.orElse(true));
    }

    private Optional<Duration> rest() {
      return retryAfterSeconds.isPresent()
          ? Optional.of(Duration.ofSeconds(retryAfterSeconds.getAsInt()))
          : Optional.empty();
    }
  }

  @Doc(value = "", name = "BridgeFailureReason")
  private record ErrorBody(
      @Doc("A stable word in capitals.") @Bounds(max = Failure.MAX_CODE_LENGTH)
          Optional<String> code,
      @Doc("For people.") @Bounds(max = Failure.MAX_MESSAGE_LENGTH) Optional<String> message) {}

  private Reply fail(Request request, Fail asked) {
    return settled(request, new Settlement.Fail(asked.leaseId, asked.failure(), asked.rest()));
  }

  private Reply settled(Request request, Settlement settlement) {
    return Reply.later(settling.settle(request.tenant(), settlement).thenApply(Replies::settled));
  }

  @Doc(value = "", name = "BridgeAppend")
  record Append(
      @Doc(Docs.LEASE) LeaseId leaseId,
      @Doc("The number of the first piece; the next one by default.")
          @Bounds(min = 1, max = Chunk.MAX_PER_LEASE)
          Optional<Integer> from,
      @Doc("In order.") @Bounds(min = 1, max = LeasedWork.CHUNKS_MAX, each = CHUNK_LENGTH_MAX)
          List<String> chunks) {
    private static final Body<Append> BODY = Body.of(Append.class);

    Append {
      if (chunks.isEmpty()) {
        throw FieldErrors.invalid("List should have at least 1 item", "too_short", "chunks");
      }
    }

    private static RouteDoc doc() {
      return documented(
          Docs.extension("appendChunks", "Add pieces to a running answer")
              .description(
                  "Extension. For readers who do not want to wait: see getChunks. Pieces are"
                      + " numbered from 1 in each attempt; with from, a repeated call adds nothing"
                      + " twice. The answer itself is still posted at the end.")
              .body(
                  BODY.schema(),
                  Map.of("leaseId", "a~1", "from", 1, "chunks", List.of("Bonjour", " le monde")))
              .answer(200, "They are stored.", Docs.schema(Appended.class)));
    }
  }

  @Doc(value = "", name = "BridgeAppended")
  private record Appended(
      @Doc("Always true.") boolean ok, @Doc("The last piece stored.") int last) {}

  private Reply append(Request request, Append asked) {
    return Reply.later(
        leasedWork
            .append(request.tenant(), asked.leaseId, asked.from, asked.chunks)
            .thenApply(last -> Reply.ok(new Appended(true, last))));
  }
}
