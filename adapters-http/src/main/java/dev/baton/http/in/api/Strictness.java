package dev.baton.http.in.api;

import dev.baton.core.domain.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of members of a body and parameters of a query that nobody knows: they are ignored
 * and named in the reply's headers, so that old clients go on working and a slip of the pen is
 * seen; they are refused where the server is strict or the request says {@code Prefer:
 * handling=strict}. Immutable.
 *
 * @param always whether the server is strict
 */
public record Strictness(boolean always) {
  /** Of a dialect that has no setting of its own. */
  public static final Strictness LENIENT = new Strictness(false);

  public static final String IGNORED_MEMBERS = "X-Ignored-Members";
  public static final String IGNORED_PARAMETERS = "X-Ignored-Parameters";

  private static final int SHOWN_MAX = 128;

  /**
   * Lets unknown members of a body pass.
   *
   * @param pointers JSON pointers to them
   * @throws FieldErrors that names them, if they are to be refused
   */
  public void check(Request request, List<String> pointers) {
    if (!pointers.isEmpty() && isStrict(request)) {
      throw new FieldErrors(
          ErrorCode.VALIDATION_FAILED,
          pointers.stream()
              .map(pointer -> FieldError.at(pointer, "There is no such member", "extra_forbidden"))
              .toList());
    }
  }

  /** The same route, which looks for parameters that it does not document. */
  public Route around(Route route) {
    Set<String> known =
        route.doc().parameters().stream()
            .filter(parameter -> parameter.in().equals("query"))
            .map(RouteDoc.Parameter::name)
            .collect(Collectors.toUnmodifiableSet());
    return route.withHandler(request -> handle(route, known, request));
  }

  private Reply handle(Route route, Set<String> known, Request request) {
    List<String> unknown = request.queryNamesBeside(known);
    if (!unknown.isEmpty() && isStrict(request)) {
      throw new FieldErrors(
          ErrorCode.VALIDATION_FAILED,
          unknown.stream()
              .map(
                  name ->
                      new FieldError(
                          List.of("query", name), "There is no such parameter", "extra_forbidden"))
              .toList());
    }
    return naming(route.handler().handle(request), IGNORED_PARAMETERS, unknown);
  }

  private boolean isStrict(Request request) {
    return always
        || request
            .header("Prefer")
            .map(prefer -> Arrays.asList(prefer.toLowerCase(Locale.ROOT).split("\\s*[,;]\\s*", -1)))
            .orElse(List.of())
            .contains("handling=strict");
  }

  /** The reply, whose header names what was ignored; a name that is no plain text is a ?. */
  public static Reply naming(Reply reply, String header, List<String> ignored) {
    return ignored.isEmpty()
        ? reply
        : reply.withHeader(
            header,
            ignored.stream()
                .map(name -> isPlain(name) ? name : "?")
                .collect(Collectors.joining(", ")));
  }

  private static boolean isPlain(String name) {
    return name.length() <= SHOWN_MAX
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',');
  }
}
