package dev.baton.cli.process;

import dev.baton.cli.shared.LocaleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hands words and variables to a program in UTF-8 where the locale of this process would change
 * them: a shell reads them from a file of its own, which it removes first.
 */
final class ShellStart {
  private static final String SHELL = "/bin/sh";

  private ShellStart() {}

  /** Whether the locale would change any of it. */
  static boolean isNeeded(List<String> command, Map<String, String> variables) {
    return Stream.concat(command.stream(), variables.values().stream())
        .anyMatch(LocaleText::isDamaged);
  }

  /**
   * What to start instead of {@code command}; variables that the locale can write are not in it.
   *
   * @param directory takes the file, and lets nobody else read it
   */
  static List<String> of(Path directory, List<String> command, Map<String, String> variables)
      throws IOException {
    Path script = Files.createTempFile(directory, "start", ".sh");
    String exports =
        variables.entrySet().stream()
            .filter(variable -> LocaleText.isDamaged(variable.getValue()))
            .map(
                variable ->
                    "export %s=%s\n".formatted(variable.getKey(), quoted(variable.getValue())))
            .collect(Collectors.joining());
    String words = command.stream().map(ShellStart::quoted).collect(Collectors.joining(" "));
    Files.writeString(
        script,
        """
        rm -f -- "$0"
        %scommand -v -- %s > /dev/null || { echo '%sthere is no such program' >&2; exit 127; }
        exec %s
        """
            .formatted(exports, quoted(command.get(0)), Launcher.FAILED, words));
    return List.of(SHELL, script.toString());
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
