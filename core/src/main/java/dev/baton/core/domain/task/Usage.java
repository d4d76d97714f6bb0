package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;

/** Tokens that an answer cost, as its worker counted them; each from 0 to 2^53. */
public record Usage(long promptTokens, long completionTokens, long totalTokens) {
  /** The largest whole number that every JSON reader keeps. */
  public static final long MAX = 1L << 53;

  public Usage {
    check("promptTokens", promptTokens);
    check("completionTokens", completionTokens);
    check("totalTokens", totalTokens);
  }

  private static void check(String name, long value) {
    checkArgument(value >= 0 && value <= MAX, "%s is from 0 to 2^53, was %s", name, value);
  }

  /** Whether the total is the sum of its parts: a mismatch is kept as given, and flagged. */
  public boolean isConsistent() {
    return totalTokens == promptTokens + completionTokens;
  }
}
