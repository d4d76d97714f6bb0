package dev.baton.cli.process;

import dev.baton.cli.shared.LocaleText;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts what stands before a command so that it runs in a session of its own, whose number is its
 * process id: signals of the terminal reach this process alone, and all that the command starts can
 * be found again. Java can't do that by itself.
 *
 * @param prefix empty where the system has no means: the command then shares this process's session
 */
record Launcher(List<String> prefix) {
  /** How the first words of a command begin that was never started. */
  static final String FAILED = "setsid: ";

  private static final String PERL =
      "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV; print STDERR qq(setsid: $!\\n); exit 127";

  private static final String PYTHON =
      """
      import os, sys
      os.setsid()
      try:
          os.execvp(sys.argv[1], sys.argv[1:])
      except OSError as e:
          sys.stderr.write('setsid: %s\\n' % e)
          sys.exit(127)
      """;

  Launcher {
    prefix = List.copyOf(prefix);
  }

  /** The first means of this system. */
  static Launcher ofSystem() {
    return new Launcher(
        Stream.of(List.of("setsid"), List.of("perl", "-e", PERL), List.of("python3", "-c", PYTHON))
            .filter(prefix -> find(prefix.get(0)).isPresent())
            .findFirst()
            .orElse(List.of()));
  }

  List<String> launching(List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }

  /** Why {@code program} can't be started, as far as that can be told beforehand. */
  Optional<String> objection(String program) {
    return prefix.isEmpty() || find(program).isPresent()
        ? Optional.empty()
        : Optional.of("there is no such file that may be executed");
  }

  /** Whether a command that ended so was never started. */
  boolean failed(int exitCode, String lastWords) {
    return (exitCode == 126 || exitCode == 127) && lastWords.startsWith(FAILED);
  }

  /** The file that is run under this name. */
  private static Optional<Path> find(String program) {
    Stream<String> directories =
        program.contains("/")
            ? Stream.of("")
            : Stream.of(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator));
    if (LocaleText.isUnusable(program)) {
      // Not to be found by Java; whoever starts it will tell.
      return Optional.of(Path.of("."));
    }
    return directories
        .map(directory -> Path.of(directory, program))
        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
        .findFirst();
  }
}
