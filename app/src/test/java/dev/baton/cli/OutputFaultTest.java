package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that got lost on its way out, of any command, and {@code -} for files. */
final class OutputFaultTest {
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

  /** An output whose every write fails. */
  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException(why);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "put hello",
        "list",
        "list --json",
        "task list",
        "batch list --json",
        "queue list",
        "worker list --json",
        "model list",
        "schedule list --json",
        "webhook list --json",
        "version",
        "--version",
        "--help",
        "put --help",
        "openapi",
        "completion",
        "check --json",
        "doctor --port 0",
        "bench raw",
        "serve",
        "backup -",
      })
  void dataThatCantBeWritten_is73(String line) {
    cli.put("a task, so that lists have a row");

    Outcome outcome = cli.runInto(failing("No space left on device"), line.split(" "));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(73);
    assertThat(outcome.err()).contains("No space left on device").doesNotContain("\tat ");
  }

  @Test
  void aReaderThatWantsNoMore_isNoFault() {
    cli.put("a task");

    assertThat(cli.runInto(failing("Broken pipe"), "list").exitCode()).isZero();
  }

  @Test
  void watching_endsWithItsReader() {
    cli.put("a task");

    assertThat(cli.runInto(failing("Broken pipe"), "list", "--watch", "1h").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"put --file - --queue q", "put - --queue q"})
  void prompt_ofStandardInput(String line) {
    Outcome put = cli.in("what stands there").run(line.split(" "));

    assertThat(put.exitCode()).as(put.err()).isZero();
    assertThat(
            cli.run("get", put.out().strip()).out()
                + cli.run("task", "show", put.out().strip()).out())
        .contains("what stands there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prompt\none\ntwo\n", "{\"prompt\":\"one\"}\n{\"prompt\":\"two\"}\n"})
  void batch_ofStandardInput(String rows) {
    Outcome made = cli.in(rows).run("batch", "create", "-", "--json");

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.json().path("total").asInt()).isEqualTo(2);
    assertThat(cli.in(rows).run("batch", "create", "-").err()).contains("is there already");
  }

  @Test
  void backup_ofAndToStandardStreams() throws IOException {
    byte[] backup = {1, 2, 3};
    Path target = directory.resolve("new.db");

    Outcome restored = cli.in(backup).run("restore", "-", "--db", target.toString());

    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(Files.readAllBytes(cli.backend().maintenance.restored)).isEqualTo(backup);
    assertThat(Arrays.asList(directory.toFile().list())).doesNotContain("-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "put x --delay PT9999999999999H",
        "prune --older-than 36501d --yes",
        "doctor --port 65536",
        "get t --wait 999999999d"
      })
  void aValueThatIsTooLarge_is2(String line) {
    Outcome outcome = cli.run(line.split(" "));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
  }

  @Test
  void aDatabase_isNoStream() {
    assertThat(cli.run("list", "--db", "-").exitCode()).isEqualTo(2);
    assertThat(cli.run("check", "--db", "-").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:99999",
        "http://127.0.0.1:0",
        "http://[::1",
        "ftp://h",
        "127.0.0.1:8000",
        "http://h/?q",
        "http://h:",
        "http://user:pass@h",
        "nonsense",
        "http://"
      })
  void aServerThatCantBeNamedSo_is2(String url) {
    Outcome outcome = cli.withoutVariables().run("list", "--server", url);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains("http://HOST:PORT").doesNotContain("Exception", "pass@");
  }
}
