package dev.baton.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the terminal how large it is: shells know it as COLUMNS but seldom export that. */
public final class TerminalSize {
  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d{1,4})\\s*");
  private static final File TERMINAL = new File("/dev/tty");
  private static final long PATIENCE_MILLIS = 1_000;

  private TerminalSize() {}

  /**
   * Columns of the terminal that controls this process; empty where there is none, or nothing to
   * ask it with. Starts a program, which takes some milliseconds.
   */
  public static OptionalInt columns() {
    return TERMINAL.exists() ? columns(TERMINAL, "stty", "size") : OptionalInt.empty();
  }

  /** What {@code command} says of the terminal that is its standard input. */
  static OptionalInt columns(File input, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(input)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return OptionalInt.empty();
      }
      return parsed(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  private static OptionalInt parsed(String answer) {
    Matcher matcher = ROWS_AND_COLUMNS.matcher(answer);
    int columns = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    return columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
  }
}
