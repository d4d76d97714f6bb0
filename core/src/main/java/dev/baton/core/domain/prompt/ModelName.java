package dev.baton.core.domain.prompt;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Names a language model as its provider does, such as {@code gpt-4} or {@code
 * meta-llama/Llama-3-70b}: 1 to 128 characters of {@code A-Z a-z 0-9 . _ : / @ + -}.
 */
public record ModelName(String value) {
  public static final int MAX_LENGTH = 128;

  public ModelName {
    checkArgument(isValid(value), "a model is 1 to %s of A-Z a-z 0-9 . _ : / @ + -", MAX_LENGTH);
  }

  /**
   * Whether {@code value} would be accepted, for callers that answer with an error of their own.
   */
  public static boolean isValid(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_LENGTH
        && value.chars().allMatch(ModelName::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "._:/@+-".indexOf(c) >= 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
