package dev.baton.core.domain.batch;

/** Where a batch is in its life. */
public enum BatchState {
  /** Its rows are being stored; nobody sees it yet. */
  IMPORTING,
  /** All its tasks are held until it is started. */
  CREATED,
  RUNNING,
  /** Hands nothing out; what is leased goes on. */
  PAUSED,
  /** Its tasks are being called off, page after page. */
  CANCELLING,
  /** Every task is over, and at least one has its answer. */
  COMPLETED,
  /** Every task is over, and none has an answer. */
  FAILED,
  CANCELLED,
  /** It goes, page after page; nobody sees it any more. */
  DELETING;

  /** Whether all its tasks are over and it is at rest. */
  public boolean isFinished() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /** Whether anybody may see it. */
  public boolean isVisible() {
    return this != IMPORTING && this != DELETING;
  }

  /** Whether its tasks are handed out as far as its concurrency allows. */
  public boolean isOpen() {
    return this == RUNNING || isFinished();
  }
}
