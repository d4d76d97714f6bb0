package dev.baton.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What completes command lines, tried in the shells that are here. */
final class CompletionTest {
  private static final String BASH =
      """
      source '%s'
      compopt() { :; }
      COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); COMPREPLY=()
      _complete_baton; echo "${COMPREPLY[@]}"
      """;
  private static final String ZSH =
      """
      autoload -Uz compinit && compinit -u -D
      source '%s'
      echo ${_comps[baton]}
      """;
  private static final String FISH =
      """
      source '%s'
      complete -C '%s' | string replace -r '\\t.*' '' | string join ' '
      """;

  @TempDir private Path directory;
  private CliHarness cli;

  @BeforeEach
  void start() {
    cli = new CliHarness(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void script_knowsEveryCommandAndOption(String shell) {
    Outcome outcome = cli.run("completion", shell);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("redrive", "webhook", "redeliver", "dedupe-key", "max-tokens", "lock-wait");
    String help = cli.run("--help").out();
    Pattern.compile("(?m)^  ([a-z]+)  ")
        .matcher(help)
        .results()
        .forEach(command -> assertThat(outcome.out()).contains(command.group(1)));
  }

  @Test
  void shellThatIsNotKnown_is2AndNamesThoseThatAre() {
    Outcome outcome = cli.run("completion", "tcsh");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("tcsh", "bash", "zsh", "fish");
  }

  @ParameterizedTest
  @CsvSource({
    "baton ta, task",
    "baton task at, attempts",
    "baton put --mod, --model",
    "baton task edit --te, --temperature --tenant --text",
  })
  void line_isCompleted(String line, String completed) throws Exception {
    String[] expected = completed.split(" ");

    assertThat(output("bash", BASH.formatted(script("bash"), line)).orElseThrow())
        .containsExactlyInAnyOrder(expected);
    assertThat(output("fish", FISH.formatted(script("fish"), line)).orElse(List.of(expected)))
        .containsExactlyInAnyOrder(expected);
  }

  @Test
  void zsh_takesTheScript() throws Exception {
    assertThat(output("zsh", ZSH.formatted(script("zsh"))).orElse(List.of("_complete_baton")))
        .contains("_complete_baton");
  }

  private Path script(String shell) throws IOException {
    return Files.writeString(
        directory.resolve("completion." + shell), cli.run("completion", shell).out());
  }

  /** The words that a script prints; empty where the shell is not installed. */
  private Optional<List<String>> output(String shell, String script) throws Exception {
    boolean isHere =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, shell)));
    if (!isHere) {
      return Optional.empty();
    }
    Path file = Files.writeString(directory.resolve("try." + shell), script);
    ProcessBuilder builder = new ProcessBuilder(shell, file.toString());
    builder.environment().put("HOME", directory.toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(out).isTrue();
    return Optional.of(List.of(out.strip().split("\\s+")));
  }
}
