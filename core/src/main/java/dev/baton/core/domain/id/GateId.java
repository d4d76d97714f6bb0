package dev.baton.core.domain.id;

/** Names a gate, such as {@code batch:42}: 1 to 160 characters of {@code A-Z a-z 0-9 . _ : -}. */
public record GateId(String value) {
  public static final int MAX_LENGTH = 160;

  /** Is there without being made, and closed: whoever stands behind it waits to be run by hand. */
  public static final GateId MANUAL = new GateId("manual");

  public GateId {
    Names.check("gate", value, MAX_LENGTH);
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
