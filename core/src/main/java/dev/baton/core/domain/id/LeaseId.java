package dev.baton.core.domain.id;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A lease as one word that a worker can carry in a header: the task and the token, joined by a
 * tilde, which no task id holds.
 */
public record LeaseId(TaskId taskId, FencingToken token) {
  private static final char SEPARATOR = '~';
  private static final int TOKEN_DIGITS_MAX = 18;

  public LeaseId {
    requireNonNull(taskId, "taskId");
    requireNonNull(token, "token");
  }

  /** The inverse of {@link #toString}; empty when {@code text} was never a lease id. */
  public static Optional<LeaseId> parse(String text) {
    int at = text.lastIndexOf(SEPARATOR);
    if (at < 0 || !TaskId.isValid(text.substring(0, at))) {
      return Optional.empty();
    }
    String digits = text.substring(at + 1);
    boolean number =
        !digits.isEmpty()
            && digits.length() <= TOKEN_DIGITS_MAX
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && digits.charAt(0) != '0';
    return number
        ? Optional.of(
            new LeaseId(
                new TaskId(text.substring(0, at)), new FencingToken(Long.parseLong(digits))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return taskId.value() + SEPARATOR + token.value();
  }
}
