package dev.baton.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.cli.shared.CliBackend.BenchOptions;
import dev.baton.cli.shared.CliBackend.ServeOptions;
import dev.baton.cli.shared.Jsons;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerCommandsTest {
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
  void serve_withoutOptions_leavesEverythingToTheConfiguration() {
    Outcome outcome = cli.withoutVariables().run("serve");

    assertThat(outcome.exitCode()).isZero();
    assertThat(cli.backend().served)
        .isEqualTo(
            new ServeOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false));
    assertThat(outcome.out().strip()).isEqualTo("http://127.0.0.1:8000");
    assertThat(outcome.err()).contains("/docs", "a note");
  }

  @Test
  void serve_withEverything_passesItOn() throws IOException {
    Path config = Files.createFile(directory.resolve("config.yaml"));

    Outcome outcome =
        cli.run(
            "serve",
            "--db=x.db",
            "--host=::1",
            "--port=0",
            "--config=" + config,
            "--insecure",
            "--demo",
            "--json");

    assertThat(cli.backend().served)
        .isEqualTo(
            new ServeOptions(
                Optional.of(Path.of("x.db")),
                Optional.of("::1"),
                Optional.of(0),
                Optional.of(config),
                true,
                true,
                false));
    assertThat(outcome.json().path("url").asText()).isEqualTo("http://127.0.0.1:8000");
    assertThat(outcome.json().path("notes").path(0).asText()).isEqualTo("a note");
  }

  @ParameterizedTest
  @CsvSource({"--port=70000,2", "--port=x,2", "--config=/no/such/file,66"})
  void serve_badValue_isRefused(String option, int exitCode) {
    assertThat(cli.run("serve", option).exitCode()).isEqualTo(exitCode);
    assertThat(cli.backend().served).isNull();
  }

  @Test
  void serve_refusedConfiguration_is78() {
    cli.backend().refusal =
        new BatonException(ErrorCode.VALIDATION_FAILED, "config.yaml:3: unknown key 'sever'");

    Outcome outcome = cli.run("serve");

    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.err()).contains("config.yaml:3");
  }

  @Test
  void bench_printsFiguresAsTheyCome() throws Exception {
    Outcome human = cli.run("bench", "embedded", "--for", "1s", "--callers", "8", "--list", "16");
    Outcome json = cli.run("bench", "--json");

    assertThat(human.out().lines()).hasSize(2);
    assertThat(human.out()).contains("raw limit", "25,000 cycles/s", "0.75 ms");
    assertThat(json.out().lines()).hasSize(2);
    assertThat(json.json().path("value").asDouble()).isEqualTo(25_000.4);
    assertThat(cli.backend().benched)
        .isEqualTo(new BenchOptions("all", Optional.empty(), Duration.ofSeconds(5), 64, 64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--callers=0", "--list=1001", "--for=0s", "--for=25h"})
  void bench_badValue_is2(String option) {
    assertThat(cli.run("bench", option).exitCode()).isEqualTo(2);
  }

  @Test
  void openapi_isPrinted() {
    assertThat(cli.run("openapi").json().path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(
            cli.run("openapi", "--version", "3.0.3", "--dialect", "bridge")
                .json()
                .path("openapi")
                .asText())
        .isEqualTo("3.0.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version=2.0", "--dialect=nope"})
  void openapi_badValue_is2(String option) {
    assertThat(cli.run("openapi", option).exitCode()).isEqualTo(2);
  }

  @Test
  void backup_tellsWhatItCopied() {
    String to = directory.resolve("copy.db").toString();

    assertThat(cli.run("backup", to).err()).contains("7 tasks");
    assertThat(cli.run("backup", to, "--force", "--json").json().path("bytes").asInt())
        .isEqualTo(4096);
  }

  @Test
  void backup_onATerminal_showsHowFarItIs() {
    assertThat(cli.onTerminal().run("backup", directory.resolve("c.db").toString()).err())
        .contains("50 % copied");
  }

  @Test
  void backup_overAFile_needsForce() {
    String there = cli.db().toString();

    assertThat(cli.run("backup", there).exitCode()).isEqualTo(2);
    assertThat(cli.run("backup", "--force", there).exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup copy.db", "check", "prune --older-than 30d --yes"})
  void missingDatabase_is66(String line) {
    Outcome outcome = cli.run((line + " --db " + directory.resolve("none.db")).split(" "));

    assertThat(outcome.exitCode()).isEqualTo(66);
  }

  @Test
  void restore_overADatabase_needsConsent() throws IOException {
    Path backup = Files.createFile(directory.resolve("backup.db"));

    Outcome refused = cli.run("restore", backup.toString());
    Outcome done = cli.run("restore", backup.toString(), "--yes");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--yes");
    assertThat(done.exitCode()).isZero();
    assertThat(cli.backend().maintenance.restored).isEqualTo(backup);
  }

  @Test
  void restore_whereNothingIs_needsNone() throws IOException {
    Path backup = Files.createFile(directory.resolve("backup.db"));
    String fresh = directory.resolve("new.db").toString();

    assertThat(cli.run("restore", backup.toString(), "--db", fresh).exitCode()).isZero();
  }

  @Test
  void restore_ofNoFile_is66() {
    assertThat(cli.run("restore", "/no/such/backup", "--yes").exitCode()).isEqualTo(66);
  }

  @Test
  void restore_ofANewerBackup_is78() throws IOException {
    Path backup = Files.createFile(directory.resolve("backup.db"));
    cli.backend().maintenance.refusal =
        new StoreRefusedException(StoreRefusedException.Reason.NEWER, "install a newer Baton");

    assertThat(cli.run("restore", backup.toString(), "--yes").exitCode()).isEqualTo(78);
  }

  @Test
  void check_intact_is0() {
    Outcome outcome = cli.run("check");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("intact", "7 tasks");
    assertThat(cli.run("check", "--json").json().path("intact").asBoolean()).isTrue();
  }

  @Test
  void check_damaged_is78AndTellsTheWayOut() {
    cli.backend().maintenance.findings = List.of("page 4 is torn");

    Outcome outcome = cli.run("check");

    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.out()).contains("page 4 is torn");
    assertThat(outcome.err()).contains("baton restore");
    assertThat(cli.run("check", "--json").json().path("findings").path(0).asText())
        .isEqualTo("page 4 is torn");
  }

  @Test
  void prune_withYes_prunes() {
    Outcome outcome = cli.run("prune", "--older-than", "30d", "--yes", "--compact", "--json");

    assertThat(outcome.json().path("removed").asInt()).isEqualTo(3);
    assertThat(outcome.json().path("bytesFreed").asInt()).isEqualTo(1024);
    assertThat(cli.backend().maintenance.pruned).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void prune_nobodyToAsk_is2AndRemovesNothing() {
    Outcome outcome = cli.in("yes\n").run("prune", "--older-than", "30d");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--yes");
    assertThat(cli.backend().maintenance.pruned).isNull();
  }

  @ParameterizedTest
  @CsvSource({"yes,0", "y,2", "no,2", "'',2"})
  void prune_onATerminal_asks(String answer, int exitCode) {
    cli.onTerminal().in(answer + "\n");

    Outcome outcome = cli.run("prune", "--older-than", "30d");

    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.err()).contains("Type yes");
    assertThat(cli.backend().maintenance.pruned != null).isEqualTo(exitCode == 0);
  }

  @Test
  void prune_withoutAnAge_is2() {
    assertThat(cli.run("prune", "--yes").exitCode()).isEqualTo(2);
  }

  @Test
  void version_json_tellsJava() {
    JsonNode version = cli.run("version", "--json").json();

    assertThat(version.path("version").asText()).isEqualTo("9.9.9");
    assertThat(version.path("java").asText()).isNotEmpty();
  }

  @Test
  void doctor_healthy_is0() {
    cli.backend().maintenance.holder = OptionalLong.of(4711);

    Outcome outcome = cli.run("doctor", "--port", "0");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("java", "disk", "flush", "log", "holder", "database", "port")
        .contains("process 4711", "intact: 7 tasks", "0 is free");
  }

  @Test
  void doctor_json_isALineForEachFinding() throws Exception {
    Outcome outcome = cli.run("doctor", "--json", "--port", "0");

    for (String line : outcome.out().lines().toList()) {
      JsonNode finding = Jsons.read(line);
      assertThat(finding.path("check").asText()).isNotEmpty();
      assertThat(finding.path("level").asText()).isIn("ok", "warn");
    }
  }

  @Test
  void doctor_takenPort_isAWarning() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = cli.run("doctor", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.out()).contains("warn  port", "is taken");
    }
  }

  @Test
  void doctor_damagedDatabase_is80() {
    cli.backend().maintenance.findings = List.of("page 4 is torn");

    Outcome outcome = cli.run("doctor", "--port", "0");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.out()).contains("fail  database", "baton restore");
  }

  @Test
  void doctor_missingDirectory_is80() {
    Outcome outcome = cli.run("doctor", "--db", "/no/such/dir/x.db", "--port", "0");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.out()).contains("fail  disk");
  }

  @Test
  void doctor_ofAServer_asksIt() {
    cli.withoutVariables().variable("BATON_SERVER", "http://127.0.0.1:8000");

    assertThat(cli.run("doctor").out()).contains("ok    server");
    cli.backend().outages.set(1);
    assertThat(cli.run("doctor").exitCode()).isEqualTo(80);
  }
}
