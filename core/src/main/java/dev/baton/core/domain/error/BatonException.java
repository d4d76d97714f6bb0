package dev.baton.core.domain.error;

import static java.util.Objects.requireNonNull;

/**
 * A refusal that the caller can act on. The message is safe to show to anyone: it holds no secret,
 * no SQL and no stack trace. Carries no state but its code, so one instance may be shared between
 * threads.
 */
public class BatonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public BatonException(ErrorCode code, String message) {
    super(message);
    this.code = requireNonNull(code, "code");
  }

  public BatonException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = requireNonNull(code, "code");
  }

  public ErrorCode code() {
    return code;
  }
}
