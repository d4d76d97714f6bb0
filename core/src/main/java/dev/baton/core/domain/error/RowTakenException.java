package dev.baton.core.domain.error;

/** A name that a row of a batch brings stands for something else already. */
public final class RowTakenException extends BatonException {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final String problem;

  /**
   * @param line on which the row begins, counted from 1
   */
  public RowTakenException(ErrorCode code, long line, String problem) {
    super(code, "line " + line + ": " + problem);
    this.line = line;
    this.problem = problem;
  }

  public long line() {
    return line;
  }

  /** What is the matter with the row. */
  public String problem() {
    return problem;
  }
}
