package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNullElse;

import dev.baton.core.domain.error.BatonException;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Reply;
import java.util.List;
import java.util.Map;

/** How this dialect says no: {@code {"detail": ...}}, and the stable code in a header. */
final class Refusals {
  static final String CODE_HEADER = "X-Error-Code";

  /** Keeps the body of a refusal small, however much was wrong. */
  private static final int SHOWN_MAX = 10;

  private static final String RETRY_SECONDS = "1";

  private Refusals() {}

  static Reply of(BatonException refused) {
    return rendered(refused).withHeader(CODE_HEADER, refused.code().name());
  }

  private static Reply rendered(BatonException refused) {
    return switch (refused.code()) {
      case VALIDATION_FAILED,
          MALFORMED_BODY,
          IDEMPOTENCY_KEY_REUSED,
          MODEL_NOT_SUPPORTED,
          INVALID_CRON_EXPRESSION,
          URL_NOT_ALLOWED,
          IMMUTABLE_FIELD,
          BATCH_TOO_LARGE ->
          refused instanceof PromptRequired ? detail(400, refused) : invalid(refused);
      case UNSUPPORTED_MEDIA_TYPE -> detail(415, refused);
      case PAYLOAD_TOO_LARGE -> detail(413, refused);
      case REQUEST_TIMEOUT -> detail(408, refused);
      case NOT_FOUND -> Reply.json(404, Map.of("detail", "Not Found"));
      case METHOD_NOT_ALLOWED -> detail(405, refused).withHeader("Allow", "GET");
      case TASK_NOT_FOUND -> Reply.json(404, Map.of("detail", "Unknown taskId"));
      case BATCH_NOT_FOUND,
          SCHEDULE_NOT_FOUND,
          WEBHOOK_NOT_FOUND,
          DELIVERY_NOT_FOUND,
          FILE_NOT_FOUND,
          SERVICE_NOT_FOUND ->
          detail(404, refused);
      case TASK_EXISTS,
          BATCH_EXISTS,
          FILE_EXISTS,
          LEASE_LOST,
          TASK_CANCELLED,
          REQUEST_UNDECIDED,
          INVALID_STATE ->
          detail(409, refused);
      case FILES_DISABLED, PATH_NOT_ALLOWED -> detail(403, refused);
      case PRECONDITION_FAILED -> detail(412, refused);
      case LIMIT_EXCEEDED -> detail(429, refused);
      case OVERLOADED, SHUTTING_DOWN -> later(detail(503, refused));
      case STORE_UNAVAILABLE ->
          later(Reply.json(503, Map.of("detail", message(refused), "outcome", "unknown")));
      case STORAGE_FULL -> detail(507, refused);
    };
  }

  private static Reply detail(int status, BatonException refused) {
    return Reply.json(status, Map.of("detail", message(refused)));
  }

  private static Reply later(Reply reply) {
    return reply.withHeader("Retry-After", RETRY_SECONDS);
  }

  private static Reply invalid(BatonException refused) {
    List<FieldError> errors =
        refused instanceof FieldErrors named
            ? named.errors().subList(0, Math.min(named.errors().size(), SHOWN_MAX))
            : List.of(new FieldError(List.of("body"), message(refused), "value_error"));
    return Reply.json(422, Map.of("detail", errors));
  }

  private static String message(BatonException refused) {
    return requireNonNullElse(refused.getMessage(), refused.code().name());
  }
}
