package dev.baton.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody writes on a command line arrives to the letter, or is refused. */
final class ProcessArgumentsTest {
  @TempDir private Path directory;

  private static byte[] line(Charset charset, String... words) {
    return (String.join("\0", words) + "\0").getBytes(charset);
  }

  @Test
  void argumentsThatWereLost_areReadAgain() {
    String[] decoded = {"put", "Gr\uFFFD\uFFFD\uFFFD\uFFFDe", ""};

    assertThat(
            ProcessArguments.exact(
                decoded,
                line(
                    StandardCharsets.UTF_8, "java", "-jar", "b.jar", "put", "Gr\u00fc\u00dfe", "")))
        .hasValueSatisfying(
            exact -> assertThat(exact).containsExactly("put", "Gr\u00fc\u00dfe", ""));
  }

  @Test
  void argumentsOfAnotherCommandLine_orInAnotherEncoding_areNotGuessed() {
    String[] decoded = {"put", "Gr\uFFFDe"};

    assertThat(ProcessArguments.exact(decoded, line(StandardCharsets.UTF_8, "surefire", "x", "y")))
        .isEmpty();
    assertThat(ProcessArguments.exact(decoded, line(StandardCharsets.UTF_8, "put"))).isEmpty();
    assertThat(
            ProcessArguments.exact(decoded, line(StandardCharsets.ISO_8859_1, "put", "Gr\u00fce")))
        .isEmpty();
  }

  private static String classPath() {
    return TestClasspath.entries().stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  /** A script, since the process that runs this test has a locale of its own. */
  private String shell(String line) throws IOException, InterruptedException {
    Path script = directory.resolve("script.sh");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        script,
        "cd '%s'\nexport LC_ALL=C\nbaton() { '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"; }\n%s\n"
            .formatted(directory, java, classPath(), Main.class.getName(), line));
    Process process = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output + "exit " + process.exitValue();
  }

  @Test
  void promptAndAnswer_inTheLocaleC_areKept() throws Exception {
    assertThat(
            shell(
                "baton put --db a.db --id p1 'Gr\u00fc\u00dfe \ud83d\ude00' > /dev/null\n"
                    + "baton get --db a.db p1 --json"))
        .contains("Gr\u00fc\u00dfe \ud83d\ude00")
        .endsWith("exit 0");
  }

  @Test
  void wordsAndVariablesOfAProgram_inTheLocaleC_areKept() throws Exception {
    assertThat(
            shell(
                """
                baton put --db a.db --id p1 --meta '{"k":"it'"'"'s \u00fc"}' x > /dev/null
                baton work --db a.db --once -- sh -c 'printf "%s|%s" "$BATON_META" "$0"' 'a\u00e4 \ud83d\ude00'
                baton get --db a.db p1 --answer
                """))
        .contains("{\"k\":\"it's \u00fc\"}|a\u00e4 \ud83d\ude00")
        .endsWith("exit 0");
  }

  @Test
  void programThatIsNotThere_inTheLocaleC_isToldAsSuch() throws Exception {
    assertThat(
            shell(
                "baton put --db a.db --id p1 x > /dev/null\n"
                    + "baton work --db a.db --once -- pr\u00fcfe\nbaton get --db a.db p1"))
        .contains("can't start the program 'pr\u00fcfe'", "state        ready", "attempts     0")
        .doesNotContain("bug");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BATON_DB='d\u00fc.db'; export BATON_DB; baton put hello",
        "BATON_SERVER='http://h\u00fc'; export BATON_SERVER; baton list",
        "BATON_FILES_ROOT='/tmp/d\u00fc'; export BATON_FILES_ROOT; baton serve --port 0 --db a.db",
        "H='h\u00fc'; export H; echo 'server: {host: \"${H}\"}' > c.yaml; baton serve --config c.yaml"
      })
  void variableThatCantBeRead_inTheLocaleC_isRefused(String line) throws Exception {
    assertThat(shell(line))
        .startsWith("baton: ")
        .doesNotContain("bug", "\tat ")
        .matches("(?s).*exit (2|78)");
  }

  @Test
  void table_inTheLocaleC_isAsWritten() throws Exception {
    assertThat(
            shell(
                """
                baton put --db a.db x > /dev/null
                printf 'prompt\\nx\\n' > f.csv
                baton batch create f.csv --db a.db --id b1 --name 'Gr\u00fc\u00dfe' > /dev/null
                baton batch list --db a.db
                """))
        .contains("Gr\u00fc\u00dfe")
        .endsWith("exit 0");
  }

  @Test
  void fileWithAnotherName_inTheLocaleC_isRefusedForTheLocale() throws Exception {
    assertThat(
            shell(
                "echo prompt > 'Auftr\u00e4ge.csv'\nbaton run 'Auftr\u00e4ge.csv' -o out.jsonl --program cat"))
        .contains("locale", "Auftr\u00e4ge.csv", "LC_ALL=C.UTF-8")
        .doesNotContain("bug")
        .endsWith("exit 2");
    assertThat(shell("baton put --db 'b\u00f6.db' hello"))
        .contains("locale", "LC_ALL=C.UTF-8")
        .endsWith("exit 2");
  }
}
