package dev.baton.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.cli.shared.StopSignal;
import dev.baton.core.domain.id.TaskId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunCommandTest extends RunFixture {

  @Test
  void everyRow_isAnsweredByTheProgram() {
    Path input =
        write(
            "in.jsonl",
            """
            {"prompt":"one","id":"a","metadata":{"k":1},"source":"test"}

            {"prompt":"two","id":7}
            {"prompt":"zwölf"}
            """);

    Outcome outcome = run(input, "out.jsonl", "--program", UPPER + "; printf %s \"$BATON_META\"");

    assertThat(outcome.exitCode()).isZero();
    List<JsonNode> answers = answers("out.jsonl");
    assertThat(answers).extracting(line -> line.path("row").asInt()).containsExactly(1, 2, 3);
    assertThat(answers)
        .extracting(line -> line.path("content").asText())
        .containsExactly("ONE{\"source\":\"test\",\"k\":1}", "TWO{}", "ZWöLF{}");
    assertThat(answers).extracting(line -> line.path("id").asText()).containsExactly("a", "7", "");
    assertThat(answers).allMatch(line -> line.path("status").asText().equals("succeeded"));
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("3 answered, 0 failed, 0 bad");
  }

  @Test
  void anyWorker_mayAnswer() throws Exception {
    Path input = rows(3);
    CompletableFuture<Outcome> running =
        CompletableFuture.supplyAsync(() -> run(input, "out.jsonl", "--json", SERVER));

    cli.run("work", "--wait", "500ms", "--", "cat");

    assertThat(running.get().exitCode()).isZero();
    assertThat(running.get().json().path("answered").asInt()).isEqualTo(3);
    assertThat(running.get().json().path("whole").asBoolean()).isTrue();
    assertThat(answers("out.jsonl")).hasSize(3);
  }

  @Test
  void again_submitsAndWritesNothing() {
    Path input = rows(5);
    run(input, "out.jsonl", "--program", UPPER);
    String before = read("out.jsonl");

    Outcome again = run(input, "out.jsonl", "--json");

    assertThat(again.exitCode()).isZero();
    assertThat(again.json().path("before").asInt()).isEqualTo(5);
    assertThat(again.json().path("submitted").asInt()).isZero();
    assertThat(read("out.jsonl")).isEqualTo(before);
    assertThat(tasks()).isEqualTo(5);
  }

  @Test
  void againAfterTheOutputIsGone_fetchesTheAnswersWithoutAskingTwice() throws Exception {
    Path input = rows(5);
    run(input, "out.jsonl", "--program", UPPER);
    Files.delete(directory.resolve("out.jsonl"));

    assertThat(run(input, "out.jsonl").exitCode()).isZero();
    assertThat(answers("out.jsonl")).hasSize(5);
    assertThat(tasks()).isEqualTo(5);
  }

  @Test
  void endedInTheMiddle_goesOnWithoutDoubles() throws Exception {
    Path input = rows(40);
    StopSignal stop = cli.newStop();
    CompletableFuture<Outcome> running =
        CompletableFuture.supplyAsync(
            () -> run(input, "out.jsonl", "--program", "sleep 0.05; " + UPPER));
    await()
        .until(
            () ->
                Files.exists(directory.resolve("out.jsonl"))
                    && read("out.jsonl").lines().count() > 3);
    stop.stopAndAwait(Duration.ofSeconds(30));
    Outcome ended = running.get();
    int written = answers("out.jsonl").size();
    cli.newStop();

    Outcome rest = run(input, "out.jsonl", "--program", UPPER, "--concurrency", "2", "--json");

    assertThat(ended.exitCode()).isEqualTo(80);
    assertThat(ended.err()).contains("same command again");
    assertThat(written).isBetween(1, 39);
    assertThat(rest.exitCode()).isZero();
    assertThat(rest.json().path("before").asInt()).isEqualTo(written);
    assertThat(answers("out.jsonl"))
        .extracting(line -> line.path("row").asInt())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 40).boxed().toList());
    assertThat(tasks()).isEqualTo(40);
  }

  @Test
  void rowsAddedToTheInput_areDoneAlone() throws Exception {
    Path input = rows(2);
    run(input, "out.jsonl", "--program", UPPER);
    Files.writeString(input, "{\"prompt\":\"new\"}\n", StandardOpenOption.APPEND);

    run(input, "out.jsonl", "--program", UPPER);

    assertThat(answers("out.jsonl")).hasSize(3);
    assertThat(tasks()).isEqualTo(3);
  }

  @Test
  void movedInputOfTheSameName_goesOn() throws Exception {
    run(rows(2), "out.jsonl", "--program", UPPER, "--name", "mine");
    Path moved = Files.move(directory.resolve("in.jsonl"), directory.resolve("moved.jsonl"));

    Outcome outcome = run(moved, "other.jsonl", "--name", "mine");

    assertThat(outcome.exitCode()).isZero();
    assertThat(tasks()).isEqualTo(2);
  }

  @Test
  void failedRows_areWrittenAndTriedAgainWhenAsked() {
    Path input = rows(3);
    String flaky = "read p; case \"$p\" in *2) echo why >&2; exit 1;; esac; echo \"$p\"";
    Outcome first = run(input, "out.jsonl", "--program", flaky, "--max-attempts", "1", "--json");

    Outcome second = run(input, "out.jsonl", "--json");
    Outcome third = run(input, "out.jsonl", "--retry-failed", "--program", UPPER, "--json");

    assertThat(first.exitCode()).isEqualTo(80);
    assertThat(first.json().path("failed").asInt()).isEqualTo(1);
    assertThat(second.json().path("before").asInt()).isEqualTo(3);
    assertThat(second.json().path("failedBefore").asInt()).isEqualTo(1);
    assertThat(second.json().path("whole").asBoolean()).isFalse();
    assertThat(second.exitCode()).isEqualTo(80);
    assertThat(third.exitCode()).isZero();
    assertThat(third.json().path("answered").asInt()).isEqualTo(1);
    assertThat(answers("out.jsonl"))
        .extracting(line -> line.path("status").asText())
        .containsExactly("succeeded", "succeeded", "succeeded");
    assertThat(tasks()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.jsonl", "out.csv"})
  void againOverRowsThatFailed_namesThem_untilTheyAreAnswered(String out) {
    Path input = rows(3);
    run(input, out, "--program", "read p; test \"$p\" = 'row 2'", "--max-attempts", "1");
    String before = read(out);

    Outcome again = run(input, out);

    assertThat(again.exitCode()).isEqualTo(80);
    assertThat(again.err()).contains("2 rows failed in an earlier run", "(1, 3)", "--retry-failed");
    assertThat(read(out)).isEqualTo(before);
    assertThat(run(input, out, "--retry-failed", "--program", UPPER).exitCode()).isZero();
    assertThat(run(input, out).exitCode()).isZero();
  }

  @Test
  void againOverDeadRowsIntoANewFile_is80() {
    Path input = rows(1);
    run(input, "out.jsonl", "--program", "exit 3", "--max-attempts", "1");

    assertThat(run(input, "other.jsonl").exitCode()).isEqualTo(80);
  }

  @Test
  void failedRow_tellsWhy() {
    Path input = rows(1);

    run(input, "out.jsonl", "--program", "echo why >&2; exit 3", "--max-attempts", "1");

    JsonNode line = answers("out.jsonl").get(0);
    assertThat(line.path("status").asText()).isEqualTo("dead");
    assertThat(line.path("error").path("message").asText()).contains("why");
  }

  @Test
  void submitOnly_submitsAndALaterRunFetches() {
    Path input = rows(3);

    Outcome submitted = run(input, "out.jsonl", "--submit-only", "--json", "--queue", "gpu");
    cli.run("work", "--wait", "0s", "--queue", "gpu", "--", "cat");
    Outcome fetched = run(input, "out.jsonl", "--json", "--queue", "gpu");

    assertThat(submitted.exitCode()).isZero();
    assertThat(submitted.json().path("submitted").asInt()).isEqualTo(3);
    assertThat(fetched.json().path("answered").asInt()).isEqualTo(3);
    assertThat(tasks()).isEqualTo(3);
  }

  @Test
  void ownProgram_worksWhereNoExecutorDoes_andWhatWasSubmittedBefore() {
    Path input = rows(2);
    run(input, "before.jsonl", "--submit-only");

    run(input, "before.jsonl", "--program", UPPER);
    run(rows(3), "after.jsonl", "--program", UPPER, "--name", "other");

    assertThat(answers("before.jsonl")).hasSize(2);
    assertThat(answers("after.jsonl")).hasSize(3);
    assertThat(queues())
        .containsExactly("default", "default", "integration", "integration", "integration");
  }

  private List<String> queues() {
    List<String> names = new ArrayList<>();
    cli.run("list", "--json")
        .json()
        .path("tasks")
        .forEach(t -> names.add(t.path("queue").asText()));
    names.sort(Comparator.naturalOrder());
    return names;
  }

  @Test
  void onAFileWithoutAProgram_submitsAndEndsInsteadOfWaitingForNobody() {
    Path input = rows(700);

    Outcome outcome = run(input, "out.jsonl", "--json");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.json().path("submitted").asInt()).isEqualTo(700);
    assertThat(outcome.json().path("unanswered").asInt()).isEqualTo(700);
    assertThat(run(input, "out.jsonl").err()).contains("--program");
  }

  @Test
  void manyRows_moreThanTheWindow_areAllAnsweredOnce() throws Exception {
    Path input = rows(Run.WINDOW + 1_500);
    CompletableFuture<Outcome> running =
        CompletableFuture.supplyAsync(() -> run(input, "out.jsonl", SERVER));
    CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answerAll(running));

    assertThat(running.get().exitCode()).isZero();
    answering.get();
    assertThat(answers("out.jsonl")).hasSize(Run.WINDOW + 1_500);
  }

  @Test
  void serverThatGoesAwayInTheMiddle_isWaitedFor() throws Exception {
    Path input = rows(1);
    CompletableFuture<Outcome> running =
        CompletableFuture.supplyAsync(() -> run(input, "out.jsonl", SERVER));
    await().until(() -> tasks() == 1);
    cli.backend().outages.set(2);
    await().until(() -> cli.backend().outages.get() == 0);

    cli.run("work", "--once", "--", "cat");

    assertThat(running.get().exitCode()).isZero();
  }

  @Test
  void taskThatWasPruned_countsAsFailed() throws Exception {
    Path input = rows(1);
    run(input, "out.jsonl", "--submit-only");
    String id = cli.run("list", "--json").json().path("tasks").path(0).path("taskId").asText();
    cli.run("cancel", id);
    cli.baton().upkeep().prune(Duration.ofSeconds(-1), 0).get();

    assertThat(cli.baton().find(new TaskId(id))).isEmpty();
    assertThat(run(input, "out.jsonl", "--program", UPPER).exitCode()).isZero();
  }
}
