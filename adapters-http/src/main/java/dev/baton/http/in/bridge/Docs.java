package dev.baton.http.in.bridge;

import static dev.baton.http.in.api.Schemas.array;
import static dev.baton.http.in.api.Schemas.object;
import static dev.baton.http.in.api.Schemas.string;

import dev.baton.core.domain.id.TaskId;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.api.SharedRefusals;
import dev.baton.http.in.json.Components;
import dev.baton.http.in.json.Doc;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What several routes say alike. */
final class Docs {
  static final String TASK = "The task's id, as putPrompt or getPrompt gave it.";
  static final String LEASE =
      "The lease: getPrompt's header X-Lease-Id, or leaseId where max was given.";
  static final String META = "Any JSON object, returned unchanged by getPrompt; at most 64 KiB.";
  static final String KEY =
      "Names the content. A put under a key that is in use returns the task that has it, for 24"
          + " hours. Without one every put is a task of its own.";
  static final String MODEL_ANSWER =
      "Extension. What the provider said beside the text, where Baton asked a model itself.";

  /** The longest start delay or rest that may be asked for: 30 days. */
  static final int DELAY_SECONDS_MAX = 2_592_000;

  /** The longest text that is looked at as a task's id. */
  static final int ID_LENGTH_MAX = 256;

  static final Map<String, Object> TASK_ID = Schemas.name(TASK, TaskId.MAX_LENGTH);

  private static final Component FIELD_ERRORS =
      new Component("BridgeFieldErrors", Docs.class, Docs::fieldErrors);

  private static final RouteDoc.Answer INVALID =
      RouteDoc.Answer.shared(
          "BridgeInvalid",
          "A value is missing, of the wrong type or out of range; or the body is not JSON.",
          FIELD_ERRORS.ref());

  static final Map<String, Object> REFUSED = Components.ref(Refused.class);

  static final RouteDoc.Answer UNKNOWN =
      RouteDoc.Answer.shared("BridgeUnknownTask", "There is no such task.", REFUSED);
  static final RouteDoc.Answer LEASE_LOST =
      RouteDoc.Answer.shared(
          "BridgeLeaseLost",
          "The lease is no longer valid, or the task was cancelled: discard the work.",
          REFUSED);

  private static final RouteDoc.Answer STORAGE_FULL =
      RouteDoc.Answer.shared("BridgeStorageFull", "There is no room for more.", REFUSED);
  private static final RouteDoc.Answer PREFETCH =
      RouteDoc.Answer.shared(
          "BridgePrefetch", "A prefetch, or another site's page, takes no lease.", REFUSED);

  static final SharedRefusals SHARED_REFUSALS = new SharedRefusals("Bridge", false, REFUSED);

  private Docs() {}

  /** A reply that says no more. */
  @Doc(value = "", name = "BridgeDone")
  record Done(@Doc("Always true.") boolean ok) {}

  /** A refusal. */
  @Doc(value = "", name = "BridgeRefusal")
  record Refused(
      @Doc(value = "What was wrong.", example = "Unknown taskId") String detail,
      @Doc("The same for programs, of a request that was not understood.") Optional<String> code,
      @Doc("unknown: it may have been done.") Optional<String> outcome,
      @Doc("Names a bug in the server's log.") Optional<String> id) {}

  /** Adds to a route's documentation what holds of every route of its kind. */
  static Route documented(Route route) {
    RouteDoc.Builder doc = route.doc().more().answer(422, INVALID);
    if (route.method().equals("POST")) {
      doc.answer(507, STORAGE_FULL);
    } else if (!route.options().head()) {
      doc.answer(405, PREFETCH);
    }
    return route.withDoc(doc.build());
  }

  /** As FastAPI has it: a place mixes names and numbers. */
  private static Map<String, Object> fieldErrors() {
    Map<String, Object> error =
        object(
            Map.of(
                "loc", Map.of("type", "array", "items", Map.of()),
                "msg", string("For people."),
                "type", string("For programs.")),
            List.of("loc", "msg", "type"));
    return object(Map.of("detail", array(error, 50)), List.of("detail"));
  }

  /** A route of the seed's own. */
  static RouteDoc.Builder seed(String operationId, String summary) {
    return RouteDoc.of(operationId, summary).tag("integration").gptAction();
  }

  /** A route that this server adds. */
  static RouteDoc.Builder extension(String operationId, String summary) {
    return RouteDoc.of(operationId, summary).tag("integration: worker extensions");
  }

  /** The schema of a record or an enum. */
  static Map<String, Object> schema(Class<?> type) {
    return Components.ref(type);
  }

  /** A parameter's whole number. */
  static Map<String, Object> number(String description, long min, long max, long absent) {
    return Schemas.with(Schemas.integer(description, min, max), "default", absent);
  }
}
