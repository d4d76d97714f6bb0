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
    /** Another process of Baton's has it open. */
    IN_USE,
    /** Another program, which is none of Baton's, has it locked. */
    LOCKED,
    /** Its content is not that of a sound database, or no database at all. */
    DAMAGED,
    /** A sound database, of another program. */
    FOREIGN,
    /** A newer Baton wrote it. */
    NEWER,
    /** There is no room on the disk. */
    FULL,
    /** This user may not read or write it, or the disk is mounted for reading only. */
    NO_PERMISSION,
    /** The disk reports an error, which says nothing of the content. */
    IO_ERROR,
    /** The directory is missing, or the name is no file's. */
    UNREACHABLE,
    /** The file was deleted, or another one put in its place, while it was open. */
    REPLACED
  }
}
