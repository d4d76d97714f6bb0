package dev.baton.core.domain.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.TextRules;

/**
 * Why an attempt, or the whole task, failed.
 *
 * @param code a stable word in capitals, such as {@code RATE_LIMITED}
 * @param message for people; shown to whoever may read the task
 * @param retryable whether another attempt could end otherwise
 */
public record Failure(String code, String message, boolean retryable) {
  /** No attempt was left; the message is the last attempt's. */
  public static final String ATTEMPTS_EXHAUSTED = "ATTEMPTS_EXHAUSTED";

  /** The task's deadline passed before it had an answer. */
  public static final String DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED";

  /** The lease ran out without a word from its holder. */
  public static final String LEASE_EXPIRED = "LEASE_EXPIRED";

  public static final int MAX_CODE_LENGTH = 64;
  public static final int MAX_MESSAGE_LENGTH = 4096;

  public Failure {
    requireNonNull(code, "code");
    message =
        TextRules.readable(message.substring(0, Math.min(message.length(), MAX_MESSAGE_LENGTH)));
  }

  public static Failure retryable(String code, String message) {
    return new Failure(code, message, true);
  }

  public static Failure permanent(String code, String message) {
    return new Failure(code, message, false);
  }
}
