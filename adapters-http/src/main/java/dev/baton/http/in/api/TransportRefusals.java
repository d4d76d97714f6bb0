package dev.baton.http.in.api;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.util.Map;
import java.util.Set;

/** How a refusal is put where no seed says otherwise: plainly, as FastAPI does. */
public final class TransportRefusals {
  /** The methods that a web page of any origin may use. */
  public static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private TransportRefusals() {}

  /** {@code {"detail": message}} under the usual status of the code. */
  public static Reply plain(BatonException refused) {
    String message = String.valueOf(refused.getMessage());
    return Reply.json(status(refused.code()), Map.of("detail", message));
  }

  /** {@code {"detail": message, "code": code}} under the refusal's own status. */
  public static Reply transport(TransportRefusal refused) {
    String message = String.valueOf(refused.getMessage());
    return Reply.json(refused.status(), Map.of("detail", message, "code", refused.code()));
  }

  /** What the code means in HTTP. */
  public static int status(ErrorCode code) {
    return switch (code) {
      case VALIDATION_FAILED,
          IDEMPOTENCY_KEY_REUSED,
          MODEL_NOT_SUPPORTED,
          INVALID_CRON_EXPRESSION,
          URL_NOT_ALLOWED,
          IMMUTABLE_FIELD,
          BATCH_TOO_LARGE ->
          422;
      case MALFORMED_BODY -> 400;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case PAYLOAD_TOO_LARGE -> 413;
      case REQUEST_TIMEOUT -> 408;
      case FILES_DISABLED, PATH_NOT_ALLOWED -> 403;
      case NOT_FOUND,
          TASK_NOT_FOUND,
          BATCH_NOT_FOUND,
          SCHEDULE_NOT_FOUND,
          WEBHOOK_NOT_FOUND,
          DELIVERY_NOT_FOUND,
          FILE_NOT_FOUND,
          SERVICE_NOT_FOUND ->
          404;
      case METHOD_NOT_ALLOWED -> 405;
      case TASK_EXISTS,
          BATCH_EXISTS,
          FILE_EXISTS,
          LEASE_LOST,
          TASK_CANCELLED,
          REQUEST_UNDECIDED,
          INVALID_STATE ->
          409;
      case PRECONDITION_FAILED -> 412;
      case OVERLOADED, LIMIT_EXCEEDED -> 429;
      case STORAGE_FULL -> 507;
      case STORE_UNAVAILABLE, SHUTTING_DOWN -> 503;
    };
  }
}
