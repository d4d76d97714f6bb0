package dev.baton.http.in.api;

import static com.google.common.base.CaseFormat.UPPER_CAMEL;
import static com.google.common.base.CaseFormat.UPPER_UNDERSCORE;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the documents describe what any route of a dialect may be refused with: by the transport,
 * before the dialect is asked, by the bounds of a body, or because of a bug.
 *
 * @param prefix before the names of the shared responses; unique among dialects
 * @param coded whether every refusal of the dialect carries its code
 * @param schema of a refusal's body
 */
public record SharedRefusals(String prefix, boolean coded, Map<String, Object> schema) {
  /** The refusals of a dialect that speaks {@link TransportRefusals}. */
  public static final SharedRefusals PLAIN =
      new SharedRefusals(
          "Plain",
          false,
          new Component("PlainRefusal", SharedRefusals.class, SharedRefusals::plain).ref());

  private static final int FORBIDDEN = 403;

  private static final List<Said> ALL =
      List.of(
          new Said(400, "MALFORMED_REQUEST", "The request is malformed."),
          new Said(
              FORBIDDEN,
              "ORIGIN_NOT_ALLOWED",
              "A web page asks whose origin is not named in cors.allowed_origins."),
          new Said(408, "REQUEST_TIMEOUT", "The body did not come in time."),
          new Said(413, "PAYLOAD_TOO_LARGE", "The body is too large."),
          new Said(414, "URI_TOO_LONG", "The path with its query is too long."),
          new Said(
              415, "UNSUPPORTED_MEDIA_TYPE", "The body is of no type or coding that is taken."),
          new Said(417, "EXPECTATION_FAILED", "Only 100-continue can be expected."),
          new Said(421, "HOST_NOT_ALLOWED", "The server does not answer to this host's name."),
          new Said(431, "HEADERS_TOO_LARGE", "The headers are too many or too long."),
          new Said(
              500, "INTERNAL_ERROR", "A bug; the log has it under the id that the reply names."),
          new Said(
              501, "TRANSFER_ENCODING_NOT_IMPLEMENTED", "The one transfer encoding is chunked."),
          new Said(
              503,
              "SERVICE_UNAVAILABLE",
              "Try again after Retry-After. It may have been done where the outcome is unknown."),
          new Said(505, "HTTP_VERSION_NOT_SUPPORTED", "The server speaks HTTP/1.1."));

  /** One refusal; the name of its response is made of the code. */
  private record Said(int status, String code, String when) {}

  /**
   * All answers of a route, by status: its own, and those that are shared. A 403 of its own also
   * tells of the origin.
   */
  public Map<Integer, RouteDoc.Answer> answers(Route route) {
    Map<Integer, RouteDoc.Answer> answers = new TreeMap<>(route.doc().answers());
    for (Said said : ALL) {
      if (said.status != FORBIDDEN || !TransportRefusals.SAFE_METHODS.contains(route.method())) {
        answers.merge(
            said.status,
            RouteDoc.Answer.shared(
                prefix + UPPER_UNDERSCORE.to(UPPER_CAMEL, said.code), text(said), schema),
            (own, shared) -> said.status == FORBIDDEN ? either(own, shared) : own);
      }
    }
    return answers;
  }

  private String text(Said said) {
    return coded ? said.code + ": " + said.when : said.when;
  }

  private static RouteDoc.Answer either(RouteDoc.Answer own, RouteDoc.Answer shared) {
    return new RouteDoc.Answer(
        own.description() + " Or " + shared.description(), own.schema(), own.contentTypes(), null);
  }

  private static Map<String, Object> plain() {
    return Schemas.object(
        ImmutableMap.of(
            "detail", Schemas.string("What is wrong."),
            "code", Schemas.string("The same for programs."),
            "id", Schemas.string("Names a bug in the server's log.")),
        List.of("detail"));
  }
}
