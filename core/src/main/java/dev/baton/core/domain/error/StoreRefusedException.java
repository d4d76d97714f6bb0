package dev.baton.core.domain.error;

import static java.util.Objects.requireNonNull;

/**
 * A store that can't be opened as it is; nothing of it was changed. The message says what to do.
 */
public final class StoreRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public StoreRefusedException(Reason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason, "reason");
  }

  public StoreRefusedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }

  /** What stands in the way. */
  public enum Reason {
    /** Another process has it open. */
    IN_USE,
    /** It is damaged, or not a Baton database at all. */
    DAMAGED,
    /** A newer Baton wrote it. */
    NEWER,
    /** It can't be read or written: missing directory, permissions, read-only disk. */
    UNREACHABLE
  }
}
