package dev.baton.core.domain.id;

/** Names who holds a lease: 1 to 128 characters of {@code A-Z a-z 0-9 . _ : -}. */
public record WorkerId(String value) {
  public static final int MAX_LENGTH = 128;

  public WorkerId {
    Names.check("worker id", value, MAX_LENGTH);
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
