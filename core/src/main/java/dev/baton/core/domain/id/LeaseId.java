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
    long token = at < 0 ? 0 : token(text, at + 1);
    if (token == 0) {
      return Optional.empty();
    }
    String task = text.substring(0, at);
    return TaskId.isValid(task)
        ? Optional.of(new LeaseId(new TaskId(task), new FencingToken(token)))
        : Optional.empty();
  }

  /** The digits from here on as a number that begins with none that is 0; else 0. */
  private static long token(String text, int from) {
    int length = text.length();
    if (from == length || length - from > TOKEN_DIGITS_MAX || text.charAt(from) == '0') {
      return 0;
    }
    long token = 0;
    for (int i = from; i < length; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      token = token * 10 + digit;
    }
    return token;
  }

  @Override
  public String toString() {
    return taskId.value() + SEPARATOR + token.value();
  }
}
