package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

/** Ends a command with a code of {@link ExitCodes} and a sentence that says what to do. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String word;

  /**
   * @param word a stable word in capitals, for programs that read {@code --json}
   */
  public CommandFailure(int exitCode, String word, String message) {
    super(message);
    this.exitCode = exitCode;
    this.word = requireNonNull(word, "word");
  }

  public CommandFailure(int exitCode, String word, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.word = requireNonNull(word, "word");
  }

  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitCodes.USAGE, "USAGE", message);
  }

  public int exitCode() {
    return exitCode;
  }

  public String word() {
    return word;
  }
}
