package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness.Outcome;
import dev.baton.cli.shared.CliBackend.Target;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CliTest {
  private static final List<String> ALL =
      List.of(
          "serve",
          "put",
          "get",
          "list",
          "lease",
          "extend",
          "complete",
          "fail",
          "release",
          "cancel",
          "redrive",
          "work",
          "run",
          "bench",
          "openapi",
          "backup",
          "restore",
          "check",
          "prune",
          "doctor",
          "version",
          "completion");

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

  @Test
  void help_listsEveryCommandAndExitCode() {
    Outcome outcome = cli.run("--help");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains(ALL);
    assertThat(outcome.out()).contains("Exit codes:", "66", "69", "73", "75", "78", "80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "get", "list", "lease", "extend", "complete", "fail", "release"})
  void helpOfATaskCommand_tellsOptionsAndExitCodes(String command) {
    Outcome outcome = cli.run(command, "--help");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("--db", "--server", "--json", "Exit codes:");
  }

  @Test
  void helpOfEveryCommand_tellsExitCodesAndFitsTheScreen() {
    for (String command : ALL) {
      Outcome outcome = cli.run(command, "--help");

      assertThat(outcome.exitCode()).as(command).isZero();
      assertThat(outcome.out()).as(command).contains("Usage: baton " + command, "Exit codes:");
      assertThat(outcome.out().lines()).as(command).allMatch(line -> line.length() <= 80);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "version"})
  void version_isPrinted(String args) {
    Outcome outcome = cli.run(args);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("baton 9.9.9" + System.lineSeparator());
  }

  @Test
  void noCommand_isWrongUsage() {
    Outcome outcome = cli.run();

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--help");
    assertThat(outcome.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"frobnicate", "lst", "put x --colour", "list --max many", "get a --wait soon"})
  void wrongUsage_is2AndSaysSoOnStandardError(String line) {
    Outcome outcome = cli.run(line.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("baton: ");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void wrongUsage_withJson_isJson() {
    Outcome outcome = cli.run("list", "--json", "--nope");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.error().path("code").asText()).isEqualTo("USAGE");
    assertThat(outcome.error().path("exitCode").asInt()).isEqualTo(2);
    assertThat(outcome.error().path("message").asText()).contains("--nope");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @Test
  void missingDatabase_is66AndNamesTheFile() {
    Outcome outcome = cli.run("list", "--db", directory.resolve("none.db").toString());

    assertThat(outcome.exitCode()).isEqualTo(66);
    assertThat(outcome.err()).contains("none.db", "--db");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get nosuch",
        "cancel nosuch",
        "redrive nosuch",
        "task show nosuch",
        "task attempts nosuch",
        "task edit nosuch --priority high",
        "task cancel nosuch",
        "task cancel nosuch nosuch",
        "task run nosuch",
        "task delete --yes nosuch",
        "complete nosuch~1 x",
        "fail nosuch~1",
        "extend nosuch~1",
        "release nosuch~1",
        "batch show nosuch",
        "batch start nosuch",
        "batch set nosuch --priority low",
        "batch results nosuch -o -",
        "batch cancel --yes nosuch",
        "batch delete --yes nosuch",
        "schedule show nosuch",
        "schedule run nosuch",
        "schedule runs nosuch",
        "schedule edit nosuch --name x",
        "schedule dry-run nosuch",
        "schedule enable nosuch",
        "schedule delete --yes nosuch",
        "webhook show nosuch",
        "webhook edit nosuch --enabled false",
        "webhook test nosuch",
        "webhook deliveries nosuch",
        "webhook redeliver nosuch x",
        "webhook delete --yes nosuch",
      })
  void unknownId_is4AndNamed(String line) {
    Outcome outcome = cli.run(line.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err())
        .containsPattern("there is no (task|batch|schedule|webhook) nosuch\\b");
  }

  @Test
  void databaseInUse_is75AndNamesTheOther() {
    cli.backend().refusal =
        new StoreRefusedException(
            StoreRefusedException.Reason.IN_USE, "process 4711 has it open: use --server");

    Outcome outcome = cli.run("list");

    assertThat(outcome.exitCode()).isEqualTo(75);
    assertThat(outcome.err()).contains("4711");
  }

  @ParameterizedTest
  @CsvSource({"IN_USE,75", "DAMAGED,78", "NEWER,78", "UNREACHABLE,73"})
  void refusedStore_hasItsExitCode(StoreRefusedException.Reason reason, int exitCode) {
    cli.backend().refusal = new StoreRefusedException(reason, "do this");

    Outcome outcome = cli.run("list", "--json");

    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.error().path("code").asText()).isEqualTo(reason.name());
    assertThat(outcome.error().path("message").asText()).isEqualTo("do this");
  }

  @ParameterizedTest
  @EnumSource
  void everyRefusal_hasAnExitCodeOfTheHelp(ErrorCode code) {
    cli.backend().refusal = new BatonException(code, "no");

    assertThat(cli.run("list").exitCode()).isIn(2, 4, 5, 66, 69);
  }

  @Test
  void unreachableServer_is69() {
    cli.backend().outages.set(1);

    assertThat(cli.run("list").exitCode()).isEqualTo(69);
  }

  @Test
  void bug_is1WithATrace() {
    cli.backend().refusal = new IllegalStateException("impossible");

    Outcome outcome = cli.run("list");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("bug", "impossible", "IllegalStateException");
  }

  @Test
  void target_commandLineGoesBeforeTheEnvironment() {
    cli.variable("BATON_SERVER", "http://127.0.0.1:1");

    cli.run("list", "--server", "http://127.0.0.1:9000/base");

    assertThat(cli.backend().opened)
        .isEqualTo(new Target.Server(URI.create("http://127.0.0.1:9000/base")));
  }

  @Test
  void target_fromTheEnvironment() {
    cli.withoutVariables().variable("BATON_SERVER", "http://127.0.0.1:9000");

    assertThat(cli.run("list").exitCode()).isZero();
    assertThat(cli.backend().opened)
        .isEqualTo(new Target.Server(URI.create("http://127.0.0.1:9000")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--db a --server http://h:1",
        "--server h:1",
        "--server ftp://h",
        "--server http://h?a=b",
        "--server http://h --tenant acme",
        "--tenant a/b"
      })
  void target_thatCannotBeMeant_isWrongUsage(String options) {
    assertThat(cli.run(("list " + options).split(" ")).exitCode()).isEqualTo(2);
  }

  @Test
  void target_bothInTheEnvironment_isWrongUsage() {
    cli.variable("BATON_SERVER", "http://127.0.0.1:1");

    assertThat(cli.run("list").exitCode()).isEqualTo(2);
  }

  @Test
  void completion_knowsCommandsAndOptions() {
    Outcome outcome = cli.run("completion");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("#!/").contains("redrive", "--dedupe-key", "bashcompinit");
  }
}
