package dev.baton.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.StopSignal;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.QueueName;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.WorkerId;
import dev.baton.core.usecase.Leasing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunCommandTest {
  private static final String UPPER = "tr a-z A-Z";

  /** Stands for a server, where others can answer while a run goes on. */
  private static final String SERVER = "--server=http://127.0.0.1:8000";

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

  private Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path rows(int count) {
    return write(
        "in.jsonl",
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> "{\"prompt\":\"row " + i + "\"}\n")
            .collect(Collectors.joining()));
  }

  private Outcome run(Path input, String out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("run", input.toString(), "-o", directory.resolve(out).toString()));
    args.addAll(Arrays.asList(more));
    return cli.run(args.toArray(String[]::new));
  }

  private String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The lines of the output by row. */
  private List<JsonNode> answers(String name) {
    return read(name)
        .lines()
        .map(RunCommandTest::parsed)
        .sorted(Comparator.comparingInt(line -> line.path("row").asInt()))
        .toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return Jsons.read(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private int tasks() {
    return cli.run("list", "--json", "--max", "1000").json().path("tasks").size();
  }

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
        .containsExactly("ONE{\"k\":1,\"source\":\"test\"}", "TWO{}", "ZWöLF{}");
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

  @ParameterizedTest
  @ValueSource(strings = {"out.jsonl", "out.csv"})
  void tornLastLine_isWrittenAnew(String out) throws Exception {
    Path input = write("in.jsonl", "{\"prompt\":\"a\\nb\"}\n{\"prompt\":\"c\\nd\"}\n");
    run(input, out, "--program", UPPER);
    String whole = read(out);
    Files.writeString(directory.resolve(out), whole.substring(0, whole.length() - 30));

    assertThat(run(input, out, "--json").json().path("before").asInt()).isEqualTo(1);
    assertThat(read(out)).isEqualTo(whole);
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
  void rowThatSaysSomethingElse_is5() {
    Path input = rows(2);
    run(input, "out.jsonl", "--program", UPPER);
    write("in.jsonl", "{\"prompt\":\"changed\"}\n");

    Outcome outcome = run(input, "out.jsonl");

    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.err()).contains("row 1 (line 1)");
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
  void badRows_areNamedByLineAndTheRestIsDone() {
    Path input =
        write(
            "in.jsonl",
            """
            {"prompt":"good"}
            {"prompt":"broken
            "a text"

            {"prompt":"  "}
            {"text":"no prompt"}
            {"prompt":"x","metadata":[]}
            {"prompt":"x","prompt":"y"}
            {"prompt":"half \\ud800"}
            {"prompt":"also good"}
            """);

    Outcome outcome = run(input, "out.jsonl", "--program", UPPER, "--json");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.json().path("bad").asInt()).isEqualTo(7);
    assertThat(outcome.err().lines().map(line -> line.replaceAll(".*jsonl:([0-9]+):.*", "$1")))
        .containsExactly("2", "3", "5", "6", "7", "8", "9");
    assertThat(answers("out.jsonl"))
        .extracting(line -> line.path("content").asText())
        .containsExactly("GOOD", "ALSO GOOD");
  }

  @Test
  void lineWithoutEnd_isCutOffAndNamed() throws Exception {
    Path input = write("in.jsonl", "{\"prompt\":\"" + "x".repeat(5_000_000) + "\"}\n");
    Files.writeString(input, "{\"prompt\":\"ok\"}", StandardOpenOption.APPEND);

    Outcome outcome = run(input, "out.jsonl", "--program", UPPER);

    assertThat(outcome.err()).contains("in.jsonl:1:");
    assertThat(answers("out.jsonl")).hasSize(1);
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
    assertThat(third.exitCode()).isZero();
    assertThat(third.json().path("answered").asInt()).isEqualTo(1);
    assertThat(answers("out.jsonl"))
        .extracting(line -> line.path("status").asText())
        .containsExactly("succeeded", "succeeded", "succeeded");
    assertThat(tasks()).isEqualTo(3);
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
  void csv_quotedCellsAndExtraColumns() {
    Path input =
        write(
            "in.csv",
            String.join(
                "\r\n",
                "\uFEFFid,prompt,metadata,source",
                "a,\"say \"\"hi\"\",\nplease\",\"{\"\"k\"\":1}\",web",
                "",
                ",plain,,",
                ""));

    Outcome outcome = run(input, "out.jsonl", "--program", "cat; printf %s \"$BATON_META\"");

    assertThat(outcome.exitCode()).isZero();
    assertThat(answers("out.jsonl"))
        .extracting(line -> line.path("content").asText())
        .containsExactly("say \"hi\",\nplease{\"k\":1,\"source\":\"web\"}", "plain{}");
  }

  @Test
  void csv_badRows_areNamedByLine() {
    Path input =
        write("in.csv", "prompt,metadata\nok,\n\"two\nlines\",\n,{}\nx,not json\ny,[]\nlast,\n");

    Outcome outcome = run(input, "out.jsonl", "--program", UPPER);

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("in.csv:5: row 3", "in.csv:6: row 4", "in.csv:7: row 5");
    assertThat(answers("out.jsonl")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prompt\nok\n\"no end\nto this", "prompt,a\nok,1\nshort\nx,2\n"})
  void csv_brokenInTheMiddle_keepsWhatCameBefore(String text) {
    Outcome outcome = run(write("in.csv", text), "out.jsonl", "--program", UPPER);

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("nothing after that was read");
    assertThat(answers("out.jsonl")).hasSize(1);
  }

  @Test
  void csv_withoutAPromptColumn_saysSo() {
    Outcome outcome = run(write("in.csv", "text\nhello\n"), "out.jsonl");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("no column 'prompt'");
  }

  @Test
  void csvOutput_quotesAndGuardsFormulas() {
    Path input =
        write(
            "in.jsonl", "{\"prompt\":\"=1+1\",\"id\":\"@x\"}\n{\"prompt\":\"a,\\\"b\\\"\\nc\"}\n");

    run(input, "out.csv", "--program", "cat");
    run(input, "out.csv", "--program", "cat");

    String out = read("out.csv");
    assertThat(out).startsWith("row,id,task_id,status,answer,");
    assertThat(out).contains(",'=1+1,", "1,'@x,run-", ",\"a,\"\"b\"\"\nc\",");
    assertThat(out.split("\r\n", -1)).hasSize(4);
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

  /** Works without starting a program for each row. */
  private void answerAll(CompletableFuture<?> until) {
    Leasing.Ask ask =
        new Leasing.Ask(
            TenantId.DEFAULT,
            List.of(QueueName.DEFAULT),
            new WorkerId("test"),
            Duration.ofMinutes(1),
            500);
    while (!until.isDone()) {
      List<Settlement> answers = new ArrayList<>();
      for (LeasedTask task :
          cli.baton().leasing().leaseWhenReady(ask, Duration.ofSeconds(1)).join()) {
        answers.add(Settlement.Complete.of(task.leaseId(), Completion.of("ok")));
      }
      if (!answers.isEmpty()) {
        assertThat(cli.baton().settling().settle(TenantId.DEFAULT, answers).join())
            .allMatch(settled -> settled.kind().isAccepted());
      }
    }
  }

  @Test
  void serverThatGoesAwayInTheMiddle_isWaitedFor() throws Exception {
    Path input = rows(1);
    CompletableFuture<Outcome> running =
        CompletableFuture.supplyAsync(() -> run(input, "out.jsonl", SERVER));
    await().until(() -> tasks() == 1);
    cli.toolbox().outages.set(2);
    await().until(() -> cli.toolbox().outages.get() == 0);

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

  @Test
  void missingInput_is66() {
    assertThat(run(directory.resolve("none.jsonl"), "out.jsonl").exitCode()).isEqualTo(66);
  }

  @Test
  void outputThatCannotBeWritten_is73() {
    assertThat(run(rows(1), "no/such/out.jsonl").exitCode()).isEqualTo(73);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"other\":1}\n", "plain text\n", "{\"row\":1,\"taskId\":\"mine\"}\n"})
  void outputThatIsSomethingElse_is73AndStaysAsItIs(String text) {
    Path out = write("out.jsonl", text);

    assertThat(run(rows(1), "out.jsonl").exitCode()).isEqualTo(73);
    assertThat(out).hasContent(text);
  }

  @Test
  void outputOfAnotherRun_is75() throws Exception {
    Path input = rows(1);
    StopSignal stop = cli.newStop();
    CompletableFuture<Outcome> running =
        CompletableFuture.supplyAsync(() -> run(input, "out.jsonl", SERVER));
    await().until(() -> tasks() == 1);

    assertThat(run(input, "out.jsonl").exitCode()).isEqualTo(75);
    stop.stop();
    assertThat(running.get().exitCode()).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--max-attempts=-1", "--concurrency=0", "--priority=top", "--queue=a/b"})
  void badValue_is2(String option) {
    assertThat(run(rows(1), "out.jsonl", option).exitCode()).isEqualTo(2);
  }

  @Test
  void withoutAnOutput_is2() {
    assertThat(cli.run("run", rows(1).toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void programThatIsNotThere_failsTheRowsInTheShellsWords() {
    Outcome outcome =
        run(rows(1), "out.jsonl", "--program", "/no/such/program", "--max-attempts", "1");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("/no/such/program");
  }

  @Test
  void bar_showsOnATerminalOnly() {
    cli.onTerminal().variable("COLUMNS", "60");

    Outcome outcome = run(rows(2), "out.jsonl", "--program", UPPER);

    assertThat(outcome.err()).contains("answers", "\r", "2 answered");
    assertThat(outcome.out()).isEmpty();
  }
}
