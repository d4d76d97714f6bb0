package dev.baton.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.cli.CliHarness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that say which model a task asks, and how. */
final class TaskModelCommandsTest extends TaskCommandFixture {

  @Test
  void put_saysWhichModelIsAsked_andHow() {
    Outcome put =
        cli.run("put", "--model=fake-model", "--temperature=0.5", "--max-tokens=7", "--id=t1", "a");

    assertThat(put.exitCode()).as(put.err()).isZero();
    assertThat(put.out().strip()).isEqualTo("t1");
    JsonNode leased = cli.run("lease", "--json").json().path("prompts").path(0);
    assertThat(leased.path("model").asText()).isEqualTo("fake-model");
    assertThat(leased.path("params").path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(leased.path("params").path("maxTokens").asInt()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"given", "file", "standard input"})
  void put_takesAConversation(String from) throws IOException {
    String turns = "[{\"role\":\"user\",\"content\":\"Why?\"}]";
    Path file = Files.writeString(directory.resolve("turns.json"), turns);
    String option =
        switch (from) {
          case "given" -> turns;
          case "file" -> "@" + file;
          default -> "-";
        };

    Outcome put = cli.in(turns).run("put", "--id", "t1", "--messages", option);

    assertThat(put.exitCode()).as(put.err()).isZero();
    JsonNode leased = cli.run("lease", "--json").json().path("prompts").path(0);
    assertThat(leased.path("messages").path(0).path("content").asText()).isEqualTo("Why?");
    assertThat(cli.run("task", "show", "t1").out()).contains("Why?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "put --temperature 3 a | temperature",
        "put --max-tokens 0 a | maxTokens",
        "put --messages [] | messages",
        "put --messages nonsense | messages",
        "put --messages - - | standard input",
        "put --model nobodys-model a | nobodys-model",
        "task edit t1 --temperature 3 | temperature",
        "task edit t1 --messages {} | messages",
        "task edit t1 --model nobodys-model | nobodys-model",
      })
  void whatIsWrongWithTheModelOrHowItIsAsked_is2(String line, String why) {
    cli.run("put", "--id", "t1", "a");

    Outcome outcome = cli.run(line.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains(why);
  }

  @Test
  void edit_changesWhichModelIsAsked_andHow() {
    cli.run("put", "--id", "t1", "a");

    Outcome edited =
        cli.run("task", "edit", "t1", "--model=fake-model", "--max-tokens=9", "--meta={\"b\":1}");

    assertThat(edited.exitCode()).as(edited.err()).isZero();
    assertThat(edited.err()).contains("t1 is ready");
    JsonNode leased = cli.run("lease", "--json").json().path("prompts").path(0);
    assertThat(leased.path("prompt").asText()).isEqualTo("a");
    assertThat(leased.path("model").asText()).isEqualTo("fake-model");
    assertThat(leased.path("params").path("maxTokens").asInt()).isEqualTo(9);
    assertThat(leased.path("meta").path("b").asInt()).isEqualTo(1);
  }
}
