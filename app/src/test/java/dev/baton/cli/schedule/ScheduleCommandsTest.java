package dev.baton.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleCommandsTest {
  @TempDir Path directory;
  private CliHarness cli;

  @BeforeEach
  void start() {
    cli = new CliHarness(directory);
    cli.files().texts.put("in.csv", "apple\npear\n");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  private String add(String... more) {
    // Disabled, so that no test depends on the time of day.
    List<String> args =
        new ArrayList<>(
            List.of("schedule", "add", "--cron=0 9 * * *", "--input=in.csv", "--disabled"));
    args.addAll(List.of(more));
    Outcome outcome = cli.run(args.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out().strip();
  }

  private JsonNode shown(String id) {
    return cli.run("schedule", "show", "--json", id).json();
  }

  @Test
  void add_printsTheIdAlone_ofWhatShowTells() {
    String id =
        add(
            "--name=Daily report",
            "--zone=Europe/Berlin",
            "--output=out-{date}.csv",
            "--overwrite=false",
            "--missed=all",
            "--overlap=queue",
            "--temperature=0.5",
            "--max-tokens=9",
            "--max-retries=2",
            "--priority=high",
            "--queue=gpu",
            "--concurrency=7");

    JsonNode shown = shown(id);
    assertThat(shown.path("name").asText()).isEqualTo("Daily report");
    assertThat(shown.path("cron").asText()).isEqualTo("0 9 * * *");
    assertThat(shown.path("zone").asText()).isEqualTo("Europe/Berlin");
    assertThat(shown.path("output").asText()).isEqualTo("out-{date}.csv");
    assertThat(shown.path("overwrite").asBoolean()).isFalse();
    assertThat(shown.path("missed").asText()).isEqualTo("all");
    assertThat(shown.path("overlap").asText()).isEqualTo("queue");
    assertThat(shown.path("config").toString())
        .isEqualTo(
            "{\"maxConcurrency\":7,\"priority\":\"high\",\"queue\":\"gpu\",\"temperature\":0.5,"
                + "\"maxTokens\":9,\"maxRetries\":2}");
    assertThat(shown.has("nextRun")).isFalse();
    assertThat(cli.run("schedule", "show", id).out())
        .contains("0 9 * * * (Europe/Berlin)", "none: it is disabled", "queue gpu");
  }

  @ParameterizedTest
  @CsvSource({
    "--cron=@daily, --input",
    "--cron=61 * * * * --input=in.csv, minute",
    "--cron=@daily --input=../in.csv, below files.root",
    "--cron=@daily --input=in.csv --zone=Mars, no time zone",
    "--cron=@daily --input=in.csv --temperature=3, temperature",
    "--cron=@daily --input=in.csv --concurrency=0, --concurrency",
    "--cron=@daily --input=in.csv --overlap=never, none of"
  })
  void add_ofWhatIsWrong_is2AndSaysWhy(String options, String why) {
    List<String> args = new ArrayList<>(List.of("schedule", "add"));
    args.addAll(List.of(options.split(" (?=--)", -1)));

    Outcome outcome = cli.run(args.toArray(String[]::new));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains(why);
    assertThat(cli.run("schedule", "list").err()).contains("no schedules");
  }

  @Test
  void list_isATable_orJson() {
    String id = add();

    assertThat(cli.run("schedule", "list").out()).contains("CRON", id, "disabled", "0 9 * * *");
    assertThat(cli.run("schedule", "list", "--json").json().at("/schedules/0/scheduleId").asText())
        .isEqualTo(id);
    assertThat(cli.run("schedule", "list", "--page=0").exitCode()).isEqualTo(2);
  }

  @Test
  void edit_changesWhatIsNamed_andNothingElse() {
    String id = add("--output=out.csv", "--priority=high");

    Outcome outcome =
        cli.run("schedule", "edit", "--json", id, "--name=other", "--concurrency=3", "--no-output");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode shown = shown(id);
    assertThat(shown).isEqualTo(outcome.json());
    assertThat(shown.path("name").asText()).isEqualTo("other");
    assertThat(shown.has("output")).isFalse();
    assertThat(shown.at("/config/maxConcurrency").asInt()).isEqualTo(3);
    assertThat(shown.at("/config/priority").asText()).isEqualTo("high");
    assertThat(shown.path("active").asBoolean()).isFalse();
    assertThat(cli.run("schedule", "edit", id, "--output=a.csv", "--no-output").exitCode())
        .isEqualTo(2);
  }

  @Test
  void enableAndDisable_sayWhenItFires() {
    String id = add();

    assertThat(cli.run("schedule", "enable", id).err()).contains("fires next at");
    assertThat(shown(id).path("active").asBoolean()).isTrue();
    assertThat(cli.run("schedule", "disable", "--json", id).json().path("active").asBoolean())
        .isFalse();
    assertThat(cli.run("schedule", "disable", id).err()).contains("is disabled");
  }

  @Test
  void run_printsTheRun_thatRunsLists() {
    String id = add();
    assertThat(cli.run("schedule", "runs", id).err()).contains("no runs");

    String run = cli.run("schedule", "run", id).out().strip();

    assertThat(run).startsWith("run-");
    assertThat(cli.run("schedule", "runs", id).out()).contains(run);
    assertThat(cli.run("schedule", "runs", "--json", id).json().at("/runs/0/runId").asText())
        .isEqualTo(run);
  }

  @Test
  void dryRun_ofGoodRows_is81() {
    String id = add();

    Outcome text = cli.run("schedule", "dry-run", id);
    Outcome json = cli.run("schedule", "dry-run", "--json", id);

    assertThat(text.exitCode()).isEqualTo(81);
    assertThat(text.out()).contains("rows:    2");
    assertThat(text.out().lines().filter(line -> line.startsWith("next: "))).hasSize(5);
    assertThat(json.json().path("nextRuns")).hasSize(5);
    assertThat(json.exitCode()).isEqualTo(81);
    assertThat(json.json().path("rows").asInt()).isEqualTo(2);
    assertThat(json.json().path("valid").asBoolean()).isTrue();
  }

  @Test
  void dryRun_ofWhatNoBatchCanBeMadeOf_is2_andOfNoFile66() {
    String id = add();
    cli.files().texts.put("in.csv", "");

    assertThat(cli.run("schedule", "dry-run", id).exitCode()).isEqualTo(2);

    cli.files().texts.clear();
    assertThat(cli.run("schedule", "dry-run", id).exitCode()).isEqualTo(66);
  }

  @Test
  void delete_asksFirst() {
    String id = add();

    assertThat(cli.run("schedule", "delete", id).exitCode()).isEqualTo(2);
    assertThat(cli.run("schedule", "delete", "--yes", id).exitCode()).isZero();

    assertThat(cli.run("schedule", "list").err()).contains("no schedules");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show",
        "edit --name=x",
        "enable",
        "disable",
        "run",
        "runs",
        "dry-run",
        "delete --yes"
      })
  void whatIsNotThere_is4(String command) {
    Outcome outcome = cli.run(("schedule " + command + " none").split(" ", -1));

    assertThat(outcome.exitCode()).isEqualTo(4);
  }
}
