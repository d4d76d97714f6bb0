package dev.baton.core.domain.id;

import static com.google.common.base.Preconditions.checkArgument;

/** Names a batch within its tenant: 1 to 128 characters of {@code A-Z a-z 0-9 . _ : -}. */
public record BatchId(String value) {
  public static final int MAX_LENGTH = 128;

  public BatchId {
    checkArgument(isValid(value), "a batch id is 1 to %s of A-Z a-z 0-9 . _ : -", MAX_LENGTH);
  }

  /**
   * Whether {@code value} would be accepted, for callers that answer with an error of their own.
   */
  public static boolean isValid(String value) {
    return TaskId.isValid(value);
  }

  /** The gate that its tasks wait behind. */
  public GateId gate() {
    return new GateId("batch:" + value);
  }

  @Override
  public String toString() {
    return value;
  }
}
