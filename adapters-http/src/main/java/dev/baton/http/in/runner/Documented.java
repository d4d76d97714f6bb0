package dev.baton.http.in.runner;

import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.RouteDoc.Answer;
import dev.baton.http.in.runner.shared.Docs;
import org.jspecify.annotations.Nullable;

/** Adds to a route's documentation what holds of every route of its kind. */
final class Documented {
  private static final String REPEATED =
      "the key was used for another request (IDEMPOTENCY_CONFLICT), or the outcome of its request"
          + " is unknown (REQUEST_UNDECIDED).";

  private Documented() {}

  static Route route(Route route) {
    RouteDoc.Builder doc = route.doc().more();
    Docs.refusedAlike(
        doc,
        400,
        "VALIDATION_ERROR",
        "a value is missing, of the wrong type or out of range, a parameter is given twice"
            + " (DUPLICATE_PARAMETER), or the body is not JSON (MALFORMED_JSON).");
    if (route.repeat().isKeyed()) {
      repeatable(doc, route.doc().answers().get(409));
    }
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
}
