package dev.baton.http.in.runner;

import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Bodies;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for parameters of the query that a route does not document. As members of a body, they are
 * ignored and named in the reply's header {@code X-Ignored-Parameters}, and refused where unknown
 * members are. Thread-safe.
 */
final class KnownParameters {
  static final String IGNORED_HEADER = "X-Ignored-Parameters";

  private final Bodies bodies;

  KnownParameters(Bodies bodies) {
    this.bodies = bodies;
  }

  Route around(Route route) {
    Set<String> known =
        route.doc().parameters().stream()
            .filter(parameter -> parameter.in().equals("query"))
            .map(RouteDoc.Parameter::name)
            .collect(Collectors.toUnmodifiableSet());
    return route.withHandler(request -> handle(route, known, request));
  }

  private Reply handle(Route route, Set<String> known, Request request) {
    List<String> unknown =
        request.queryNames().stream().filter(name -> !known.contains(name)).toList();
    if (unknown.isEmpty()) {
      return route.handler().handle(request);
    }
    if (bodies.isStrict(request)) {
      throw new FieldErrors(
          ErrorCode.VALIDATION_FAILED,
          unknown.stream()
              .map(
                  name ->
                      new FieldError(
                          List.of("query", name), "There is no such parameter", "extra_forbidden"))
              .toList());
    }
    return route.handler().handle(request).withHeader(IGNORED_HEADER, Bodies.shown(unknown));
  }
}
