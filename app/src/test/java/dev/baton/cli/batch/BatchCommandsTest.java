package dev.baton.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.core.domain.id.WorkerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchCommandsTest {
  private static final String SERVER = "--server=http://127.0.0.1:1";

  @TempDir Path directory;
  private CliHarness cli;
  private Path input;

  @BeforeEach
  void start() throws IOException {
    cli = new CliHarness(directory);
    input = Files.writeString(directory.resolve("in.csv"), "prompt\napple\npear\n");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  private Outcome create() {
    return cli.run("batch", "create", "--id=b1", "--name=Fruit", input.toString());
  }

  private void answer(String text) {
    cli.baton()
        .complete(cli.baton().lease(new WorkerId("w1"), Duration.ofMinutes(2)).orElseThrow(), text);
  }

  @Test
  void create_printsTheIdAlone_andAgainGoesOnWithIt() {
    Outcome first = create();
    Outcome again = create();

    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).isEqualToIgnoringNewLines("b1");
    assertThat(again.exitCode()).isZero();
    assertThat(again.err()).contains("there already");
  }

  @Test
  void create_ofOtherRows_is5() throws IOException {
    create();
    Files.writeString(input, "prompt\nplum\n");

    Outcome outcome = cli.run("batch", "create", "--json", "--id=b1", input.toString());

    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.error().path("code").asText()).isEqualTo("BATCH_EXISTS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text\napple\n", "prompt\n", "prompt\napple\n\"\"\n"})
  void create_ofAFileWithABadRow_is2AndMakesNothing(String content) throws IOException {
    Files.writeString(input, content);

    assertThat(create().exitCode()).isEqualTo(2);
    assertThat(cli.run("batch", "show", "b1").exitCode()).isEqualTo(4);
  }

  @Test
  void create_ofAFileThatIsMissing_is66() {
    assertThat(cli.run("batch", "create", directory.resolve("none").toString()).exitCode())
        .isEqualTo(66);
  }

  @Test
  void itsLife_showsInTextAndJson() {
    create();

    assertThat(cli.run("batch", "start", "b1").err()).contains("b1 is running");
    answer("red");
    assertThat(cli.run("batch", "pause", "--json", "b1").json().path("status").asText())
        .isEqualTo("paused");
    assertThat(cli.run("batch", "resume", "b1").exitCode()).isZero();

    Outcome shown = cli.run("batch", "show", "--json", "b1");
    assertThat(shown.json().path("name").asText()).isEqualTo("Fruit");
    assertThat(shown.json().path("total").asInt()).isEqualTo(2);
    assertThat(shown.json().path("succeeded").asInt()).isEqualTo(1);
    assertThat(cli.run("batch", "show", "b1").out()).contains("BATCH", "b1", "running");
  }

  @Test
  void list_isATable_orJson() {
    assertThat(cli.run("batch", "list").err()).contains("no batches");
    create();

    assertThat(cli.run("batch", "list").out()).contains("STATE", "b1", "created");
    assertThat(cli.run("batch", "list", "--json").json().at("/batches/0/batchId").asText())
        .isEqualTo("b1");
    assertThat(cli.run("batch", "list", "--page=0").exitCode()).isEqualTo(2);
  }

  @Test
  void set_changesWhatIsNamed() {
    create();

    assertThat(cli.run("batch", "set", "b1", "--concurrency=1", "--priority=high").exitCode())
        .isZero();

    cli.run("batch", "start", "b1");
    answer("red");
    assertThat(cli.run("batch", "set", "b1").exitCode()).isEqualTo(2);
    assertThat(cli.run("batch", "set", "b1", "--concurrency=0").exitCode()).isEqualTo(2);
    assertThat(cli.run("batch", "set", "nobody", "--concurrency=1").exitCode()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"cancel,cancelled", "delete,''"})
  void whatCantBeUndone_asksWithTheCount(String verb, String state) {
    create();

    Outcome asked = cli.run("batch", verb, "b1");

    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.err()).contains(verb + " batch b1 with 2 tasks", "--yes");
    assertThat(cli.run("batch", "show", "b1").out()).contains("created");

    assertThat(cli.run("batch", verb, "--yes", "b1").exitCode()).isZero();
    Outcome shown = cli.run("batch", "show", "b1");
    assertThat(shown.exitCode()).isEqualTo(state.isEmpty() ? 4 : 0);
    assertThat(shown.out()).contains(state);
  }

  @Test
  void moveFromAnotherState_is5() {
    create();

    assertThat(cli.run("batch", "pause", "b1").exitCode()).isEqualTo(5);
    assertThat(cli.run("batch", "retry", "b1").exitCode()).isEqualTo(5);
  }

  @Test
  void results_areAFileAsItIsNamed_orStandardOutput() throws IOException {
    create();
    cli.run("batch", "start", "b1");
    answer("red, round");
    Path csv = directory.resolve("out.csv");

    assertThat(cli.run("batch", "results", "b1", "-o", csv.toString()).exitCode()).isZero();

    assertThat(Files.readAllLines(csv)).hasSize(3).element(1).asString().contains("\"red, round\"");
    assertThat(cli.run("batch", "results", "b1").out().lines()).hasSize(2);
    assertThat(cli.run("batch", "results", "b1").json().isObject()).isTrue();
    assertThat(cli.run("batch", "results", "--format=csv", "b1").out().lines()).hasSize(3);
    assertThat(cli.run("batch", "results", "--format=xml", "b1").exitCode()).isEqualTo(2);
  }

  @Test
  void results_intoAFolderThatIsMissing_is73() {
    create();

    assertThat(
            cli.run("batch", "results", "b1", "-o", directory.resolve("no/out").toString())
                .exitCode())
        .isEqualTo(73);
  }

  @Test
  void run_onAFile_isRefused() {
    Outcome outcome = cli.run("batch", "run", input.toString(), "-o", "out.jsonl");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--server");
  }

  @Test
  void run_ofABatchThatIsOver_writesItsResults() throws IOException {
    create();
    cli.run("batch", "start", "b1");
    answer("red");
    answer("green");
    Path out = directory.resolve("out.jsonl");

    Outcome outcome =
        cli.run("batch", "run", SERVER, "--id=b1", input.toString(), "-o", out.toString());

    assertThat(outcome.err()).contains("2 of 2 answered");
    assertThat(outcome.exitCode()).isZero();
    assertThat(Files.readAllLines(out)).hasSize(2).first().asString().contains("red");
  }

  @Test
  void show_saysWhyNothingMoves_andWhatHoldsForItsRows() {
    cli.run("batch", "create", "--id=b1", "--model=fake-model", input.toString());

    Outcome shown = cli.run("batch", "show", "b1");
    assertThat(shown.out()).contains("model fake-model", "waits: its batch b1 was not started");
    Outcome json = cli.run("batch", "show", "--json", "b1");
    assertThat(json.json().at("/waiting/reason").asText()).isEqualTo("batch_not_started");
    assertThat(json.json().path("model").asText()).isEqualTo("fake-model");
  }

  @Test
  void list_onANarrowTerminal_showsDoneAndFailed() {
    cli.run("batch", "create", input.toString());
    cli.onTerminal().variable("COLUMNS", "60");

    Outcome outcome = cli.run("batch", "list");

    assertThat(outcome.out()).contains("DONE", "FAILED");
    assertThat(outcome.err()).contains("3 columns found no room");
  }

  @Test
  void run_withRowsThatHaveNoAnswer_is80() {
    create();
    cli.run("batch", "start", "b1");
    answer("red");
    cli.run("batch", "cancel", "--yes", "b1");

    assertThat(
            cli.run(
                    "batch",
                    "run",
                    SERVER,
                    "--id=b1",
                    input.toString(),
                    "-o",
                    directory.resolve("out.csv").toString())
                .exitCode())
        .isEqualTo(80);
  }

  @Test
  void groupAlone_saysWhichCommandsThereAre() {
    assertThat(cli.run("batch").exitCode()).isEqualTo(2);
    assertThat(cli.run("batch", "--help").out()).contains("create", "results", "set");
    assertThat(cli.run("batch", "show", "--help").out()).contains("there is no such batch");
  }
}
