package dev.baton.core.domain.id;

/** Names a queue: 1 to 64 characters of {@code A-Z a-z 0-9 . _ : -}. */
public record QueueName(String value) {
  public static final int MAX_LENGTH = 64;

  /** Work for outside workers only. */
  public static final QueueName INTEGRATION = new QueueName("integration");

  /** Work for the executor, and for outside workers while no model provider is configured. */
  public static final QueueName DEFAULT = new QueueName("default");

  public QueueName {
    Names.check("queue", value, MAX_LENGTH);
  }

  /**
   * Whether {@code value} would be accepted, for callers that answer with an error of their own.
   */
  public static boolean isValid(String value) {
    return Names.isValid(value, MAX_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}
