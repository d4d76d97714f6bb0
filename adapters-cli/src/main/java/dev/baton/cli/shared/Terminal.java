package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.cli.terminal.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What a command finds around it: standard input, the environment, a person or a pipe.
 *
 * @param variables the environment
 * @param asks whether a person can be asked: input and error output are a terminal
 * @param showsProgress whether error output is a terminal
 * @param draws whether standard output is a terminal
 * @param columns asks the terminal for its width; empty where it does not say
 * @param stop how the process is told to end
 */
public record Terminal(
    InputStream in,
    Map<String, String> variables,
    boolean asks,
    boolean showsProgress,
    boolean draws,
    Supplier<OptionalInt> columns,
    StopSignal stop) {
  private static final int WIDTH_DEFAULT = 80;
  private static final int WIDTH_MIN = 40;

  public Terminal {
    requireNonNull(in, "in");
    requireNonNull(columns, "columns");
    requireNonNull(stop, "stop");
    variables = Map.copyOf(variables);
  }

  /** Those of this process. */
  public static Terminal ofProcess(InputStream in, StopSignal stop) {
    boolean talks = isTerminal(2);
    return new Terminal(
        in,
        System.getenv(),
        talks && isTerminal(0),
        talks,
        isTerminal(1),
        TerminalSize::columns,
        stop);
  }

  /** The value of an environment variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * Characters in a line of the terminal, at least 40: as COLUMNS says, or else the terminal, which
   * is asked each time because its window may change.
   */
  public int width() {
    int said =
        variable("COLUMNS")
            .filter(text -> text.matches("[0-9]{1,4}"))
            .map(Integer::valueOf)
            .filter(number -> number > 0)
            .orElseGet(() -> columns.get().orElse(WIDTH_DEFAULT));
    return Math.max(WIDTH_MIN, said);
  }

  /** Java tells of input and output together only, so Linux is asked; elsewhere: no terminal. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (!Files.isSymbolicLink(link)) {
      return false;
    }
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
