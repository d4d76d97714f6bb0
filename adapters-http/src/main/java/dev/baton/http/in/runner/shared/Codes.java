package dev.baton.http.in.runner.shared;

import dev.baton.core.domain.error.ErrorCode;
import java.util.Arrays;

/** The core's codes in this dialect's words. */
public final class Codes {

  private Codes() {}

  public static String word(ErrorCode code) {
    return switch (code) {
      case VALIDATION_FAILED -> "VALIDATION_ERROR";
      case MALFORMED_BODY -> "MALFORMED_JSON";
      case SCHEDULE_NOT_FOUND -> "SCHEDULED_TASK_NOT_FOUND";
      case TASK_EXISTS, BATCH_EXISTS -> "CONFLICT";
      case IDEMPOTENCY_KEY_REUSED -> "IDEMPOTENCY_CONFLICT";
      case OVERLOADED, SHUTTING_DOWN, STORE_UNAVAILABLE -> "SERVICE_UNAVAILABLE";
      default -> code.name();
    };
  }

  /** A text that may begin with a code of the core's and a colon, as the core writes failures. */
  public static String worded(String text) {
    int colon = text.indexOf(": ");
    String name = colon < 0 ? "" : text.substring(0, colon);
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.name().equals(name))
        .findFirst()
        .map(code -> word(code) + text.substring(colon))
        .orElse(text);
  }
}
