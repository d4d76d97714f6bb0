package dev.baton.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.cli.CliHarness.Outcome;
import dev.baton.cli.shared.StopSignal;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunInputOutputTest extends RunFixture {

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
  void rowThatSaysSomethingElse_is5() {
    Path input = rows(2);
    run(input, "out.jsonl", "--program", UPPER);
    write("in.jsonl", "{\"prompt\":\"changed\"}\n");

    Outcome outcome = run(input, "out.jsonl");

    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.err()).contains("row 1 (line 1)");
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
        .containsExactly("say \"hi\",\nplease{\"source\":\"web\",\"k\":1}", "plain{}");
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

  @Test
  void csv_brokenInTheMiddle_keepsWhatCameBefore() {
    Outcome outcome =
        run(write("in.csv", "prompt\nok\n\"no end\nto this"), "out.jsonl", "--program", UPPER);

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("nothing after that was read");
    assertThat(answers("out.jsonl")).hasSize(1);
  }

  @Test
  void csv_rowOfAnotherWidth_isNamed_andTheRestIsDone() {
    Outcome outcome =
        run(write("in.csv", "prompt,a\nok,1\nshort\nx,2\n"), "out.jsonl", "--program", UPPER);

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("in.csv:3: row 2: it has 1 cells, the header 2");
    assertThat(answers("out.jsonl")).hasSize(2);
  }

  @Test
  void twoColumnsOfOneName_areRefused_asAServerRefusesThem() {
    Path input = write("in.csv", "id,prompt,prompt,note,note\nd1,first,second,n1,n2\n");

    Outcome outcome = run(input, "out.jsonl", "--program", "cat");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("the column prompt has the name of another one");
    assertThat(answers("out.jsonl")).isEmpty();
  }

  @Test
  void rowForAModelThatNobodyOffers_isBad_andTheRestIsDone() {
    Path input = write("in.csv", "prompt,model\nfirst,no-such\nsecond,\n");

    Outcome outcome = run(input, "out.jsonl", "--program", UPPER);

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("in.csv:2: row 1: ");
    assertThat(answers("out.jsonl")).hasSize(1);
  }

  @Test
  void whatARowSaysOfItsTask_isObeyed_andWinsOverTheCommandLine() {
    Path input =
        write(
            "in.csv",
            """
            prompt,model,Max Tokens,options,queue,priority,max_attempts
            p,fake-model,7,"{""top_p"":0.1}",gpu,low,2
            """);

    run(input, "out.jsonl", "--submit-only", "--priority", "high", "--queue", "other");

    String id = cli.run("list", "--json").json().path("tasks").path(0).path("taskId").asText();
    Task task = cli.baton().find(new TaskId(id)).orElseThrow();
    assertThat(task.prompt().parameters().maxTokens()).hasValue(7);
    assertThat(task.prompt().parameters().options().json()).isEqualTo("{\"top_p\":0.1}");
    assertThat(task.prompt().metadata().isEmpty()).isTrue();
    assertThat(task.row().terms().model()).contains(new ModelName("fake-model"));
    assertThat(task.row().terms().queue()).isEqualTo(new QueueName("gpu"));
    assertThat(task.row().terms().priority()).isEqualTo(Priority.LOW);
    assertThat(task.row().terms().retry().maxAttempts()).isEqualTo(2);
  }

  @Test
  void csv_withoutAPromptColumn_saysSo() {
    Outcome outcome = run(write("in.csv", "text\nhello\n"), "out.jsonl");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err()).contains("no column prompt");
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
  void csvWithoutAHeader_isNamedByItsFirstLine_once() {
    Path file = write("h.csv", "apple\npear\nplum\n");

    Outcome outcome = run(file, "out.jsonl");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.err())
        .containsOnlyOnce("h.csv:1: row 1: the header row has no column prompt or messages: apple");
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
