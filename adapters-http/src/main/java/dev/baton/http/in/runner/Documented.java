package dev.baton.http.in.runner;

import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.RouteDoc.Answer;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Idempotency;
import java.util.Map;

/** Adds to a route's documentation what holds of every route of its kind. */
final class Documented {
  private static final String REPEATED =
      "the key was used for another request (IDEMPOTENCY_CONFLICT), or nobody knows how its request"
          + " ended (REQUEST_UNDECIDED).";

  private Documented() {}

  static Route route(Route route) {
    RouteDoc.Builder doc = route.doc().more();
    Map<Integer, Answer> said = route.doc().answers();
    if (!said.containsKey(400)) {
      Docs.refused(
          doc,
          400,
          "VALIDATION_ERROR",
          "a value is wrong, or a parameter is given twice (DUPLICATE_PARAMETER).",
          "Input should be a valid integer");
    }
    if (route.method().equals("POST")) {
      repeatable(doc, route.doc());
    }
    if (!route.method().equals("GET") && !route.method().equals("DELETE")) {
      body(doc, said);
    }
    if (!said.containsKey(503)) {
      Docs.refused(
          doc,
          503,
          "SERVICE_UNAVAILABLE",
          "try again after Retry-After; details.outcome is unknown when it may have been done.",
          "the store did not answer");
    }
    Docs.refused(doc, 500, "INTERNAL_ERROR", "a bug; details.errorId is in the log.", "a bug");
    return new Route(
        route.method(), route.pattern(), route.handler(), doc.build(), route.options());
  }

  private static void repeatable(RouteDoc.Builder doc, RouteDoc said) {
    if (said.parameters().stream().noneMatch(p -> p.name().equals(Idempotency.HEADER))) {
      Docs.idempotent(doc);
    }
    Answer conflict = said.answers().get(409);
    if (conflict == null) {
      Docs.refused(
          doc,
          409,
          "IDEMPOTENCY_CONFLICT",
          REPEATED,
          "this idempotency key was used for another request");
    } else {
      doc.answer(
          409,
          new Answer(
              conflict.description() + " Or " + REPEATED,
              conflict.schema(),
              conflict.example(),
              conflict.contentTypes()));
    }
  }

  private static void body(RouteDoc.Builder doc, Map<Integer, Answer> said) {
    Docs.refused(doc, 408, "REQUEST_TIMEOUT", "the body did not come in time.", "too slow");
    if (!said.containsKey(413)) {
      Docs.refused(doc, 413, "PAYLOAD_TOO_LARGE", "the body is too large.", "too large");
    }
    Docs.refused(
        doc,
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        "the body is of no type that is taken here.",
        "Content-Type should be application/json");
  }
}
