package dev.baton.core.domain.schedule;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.domain.id.TaskId;

/** Names a schedule within its tenant: 1 to 128 characters of {@code A-Z a-z 0-9 . _ : -}. */
public record ScheduleId(String value) {

  public ScheduleId {
    checkArgument(isValid(value), "a schedule id is 1 to 128 of A-Z a-z 0-9 . _ : -");
  }

  /**
   * Whether {@code value} would be accepted, for callers that answer with an error of their own.
   */
  public static boolean isValid(String value) {
    return TaskId.isValid(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
