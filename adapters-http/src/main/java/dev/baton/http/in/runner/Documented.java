package dev.baton.http.in.runner;

import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.RouteDoc.Answer;
import dev.baton.http.in.runner.shared.Docs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds to a route's documentation what holds of every route of its kind. */
final class Documented {
  private static final String REPEATED =
      "the key was used for another request (IDEMPOTENCY_CONFLICT), or the outcome of its request"
          + " is unknown (REQUEST_UNDECIDED).";

  private Documented() {}

  static Route route(Route route) {
    RouteDoc.Builder doc = route.doc().more();
    Map<Integer, Answer> said = route.doc().answers();
    Docs.refusedAlike(
        doc,
        400,
        "VALIDATION_ERROR",
        "a value is missing, of the wrong type or out of range, a parameter is given twice"
            + " (DUPLICATE_PARAMETER), or the body is not JSON (MALFORMED_JSON).");
    if (route.repeat().isKeyed()) {
      repeatable(doc, said.get(409));
    }
    if (!route.method().equals("GET") && !route.method().equals("DELETE")) {
      body(doc, said);
    }
    if (!said.containsKey(503)) {
      Docs.refusedAlike(
          doc,
          503,
          "SERVICE_UNAVAILABLE",
          "try again after Retry-After; details.outcome is unknown when it may have been done.");
    }
    Docs.refusedAlike(doc, 500, "INTERNAL_ERROR", "a bug; details.errorId is in the log.");
    return route.withDoc(doc.build());
  }

  private static void repeatable(RouteDoc.Builder doc, @Nullable Answer conflict) {
    Docs.idempotent(doc);
    if (conflict == null) {
      Docs.refusedAlike(doc, 409, "IDEMPOTENCY_CONFLICT", REPEATED);
    } else {
      doc.answer(
          409,
          new Answer(
              conflict.description() + " Or " + REPEATED,
              conflict.schema(),
              conflict.contentTypes(),
              null));
    }
  }

  private static void body(RouteDoc.Builder doc, Map<Integer, Answer> said) {
    Docs.refusedAlike(doc, 408, "REQUEST_TIMEOUT", "the body did not come in time.");
    if (!said.containsKey(413)) {
      Docs.refusedAlike(doc, 413, "PAYLOAD_TOO_LARGE", "the body is too large.");
    }
    Docs.refusedAlike(
        doc, 415, "UNSUPPORTED_MEDIA_TYPE", "the body is of no type that is taken here.");
  }
}
