package dev.baton.core.domain.error;

import java.util.List;

/** Rows of a batch can't be used; says which and why. */
public final class InvalidRowsException extends BatonException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param problems the first of them, at least one
   */
  public InvalidRowsException(List<Problem> problems) {
    super(
        ErrorCode.VALIDATION_FAILED,
        "line " + problems.get(0).line() + ": " + problems.get(0).message());
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  /** What is wrong with the row that begins on this line, counted from 1. */
  public record Problem(long line, String message) {}
}
