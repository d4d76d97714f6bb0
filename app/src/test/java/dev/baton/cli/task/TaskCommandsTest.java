package dev.baton.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskCommandsTest extends TaskCommandFixture {

  @Test
  void put_printsTheIdAlone() {
    Outcome outcome = cli.run("put", "Why is the sky blue?");

    String id = outcome.out().strip();
    assertThat(outcome.exitCode()).isZero();
    assertThat(task(id).prompt()).isEqualTo(Prompt.of("Why is the sky blue?"));
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "put -"})
  void put_readsStandardInput(String line) {
    Outcome outcome = cli.in("multi\nline é\n").run(line.split(" "));

    assertThat(task(outcome.out().strip()).prompt().text()).isEqualTo("multi\nline é\n");
  }

  @Test
  void put_readsAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("p.txt"), "from a file");

    Outcome outcome = cli.run("put", "--file", file.toString());

    assertThat(task(outcome.out().strip()).prompt().text()).isEqualTo("from a file");
  }

  @Test
  void put_withEverything_keepsEverything() {
    Outcome outcome =
        cli.run(
            "put",
            "--json",
            "--id=mine",
            "--meta={\"a\": 1.0}",
            "--queue=gpu",
            "--priority=HIGH",
            "--dedupe-key=k",
            "--delay=90s",
            "--deadline=2999-01-01T00:00:00Z",
            "--max-attempts=0",
            "hello");

    assertThat(outcome.json().path("taskId").asText()).isEqualTo("mine");
    assertThat(outcome.json().path("replayed").asBoolean()).isFalse();
    Task task = task("mine");
    assertThat(task.prompt().metadata().json()).isEqualTo("{\"a\": 1.0}");
    assertThat(task.row().terms().queue()).isEqualTo(new QueueName("gpu"));
    assertThat(task.row().terms().priority().name()).isEqualTo("HIGH");
    assertThat(task.row().terms().retry().maxAttempts()).isEqualTo(Integer.MAX_VALUE);
    assertThat(task.row().terms().deadline()).contains(Instant.parse("2999-01-01T00:00:00Z"));
    assertThat(task.state().kind().name()).isEqualTo("HELD");
  }

  @Test
  void put_again_saysSo() {
    cli.run("put", "--id", "t", "hello");

    Outcome outcome = cli.run("put", "--id", "t", "hello");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("already");
    assertThat(cli.run("put", "--json", "--id", "t", "hello").json().path("replayed").asBoolean())
        .isTrue();
  }

  @Test
  void put_takenId_is5() {
    cli.run("put", "--id", "t", "hello");

    assertThat(cli.run("put", "--id", "t", "other").exitCode()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "put ",
        "put --id a/b x",
        "put --meta [] x",
        "put --meta {\"a\":1,\"a\":2} x",
        "put --meta {} --queue q!q x",
        "put --priority top x",
        "put --delay 3x x",
        "put --delay -PT1S x",
        "put --delay 40d --start-at 2999-01-01T00:00:00Z x",
        "put --start-at tomorrow x",
        "put --max-attempts -1 x",
        "put --start-at 2999-01-01T00:00:00Z --deadline 2998-01-01T00:00:00Z x",
        "put a b"
      })
  void put_badValue_is2AndStoresNothing(String line) {
    Outcome outcome = cli.in("").run(line.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(cli.run("list", "--json").json().path("tasks")).isEmpty();
  }

  @Test
  void put_bytesThatAreNoText_areRefused() {
    assertThat(cli.in(new byte[] {(byte) 0xC3, 0x28}).run("put").exitCode()).isEqualTo(2);
    assertThat(cli.in(new byte[1024 * 1024 + 1]).run("put").exitCode()).isEqualTo(2);
  }

  @Test
  void put_missingFile_is66() {
    assertThat(cli.run("put", "--file", "/no/such/file").exitCode()).isEqualTo(66);
  }

  @Test
  void get_tellsWhyItWaits() {
    cli.put("first");
    String id = cli.put("second");

    Outcome outcome = cli.run("get", id);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains(id, "ready", "in line behind 1", "prompt", "  second");
  }

  @Test
  void get_json_hasAllOfTheTask() {
    String id = cli.put("hello");
    cli.run("fail", cli.lease().toString(), "--code", "BUSY", "--message", "m", "--retry-after=0s");
    cli.run("complete", cli.lease().toString(), "answer", "--usage", "3,4", "--trace-id", "tr");
    cli.run("complete", id, "another");

    JsonNode task = cli.run("get", id, "--json").json();

    assertThat(task.path("status").asText()).isEqualTo("succeeded");
    assertThat(task.path("content").asText()).isEqualTo("answer");
    assertThat(task.path("usage").path("total_tokens").asInt()).isEqualTo(7);
    assertThat(task.path("traceId").asText()).isEqualTo("tr");
    assertThat(task.path("attempts").asInt()).isEqualTo(2);
    assertThat(task.path("history").path(0).path("outcome").asText()).isEqualTo("failed");
    assertThat(task.path("history").path(0).path("error").path("code").asText()).isEqualTo("BUSY");
    assertThat(task.path("alternatives").path(0).path("content").asText()).isEqualTo("another");
    assertThat(task.has("waiting")).isFalse();
  }

  @Test
  void get_human_tellsHistoryAndAnswer() {
    String id = cli.put("hello");
    cli.run("fail", cli.lease().toString(), "--code", "BUSY", "--message", "m", "--retry-after=0s");
    String lease = cli.lease().toString();
    cli.run("extend", lease, "--percent", "40", "--note", "half");
    String running = cli.run("get", id).out();
    cli.run("complete", lease, "line one\nline two");

    assertThat(running).contains("lease", lease, "40 % half", "attempt 1", "BUSY: m");
    assertThat(cli.run("get", id).out()).contains("succeeded", "answer", "  line two");
  }

  @Test
  void get_answer_isTheAnswerToTheByte() {
    String id = cli.put("hello");
    cli.run("complete", cli.lease().toString(), "no newline, \u001b[31m kept");

    Outcome outcome = cli.run("get", id, "--answer");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("no newline, \u001b[31m kept");
  }

  @Test
  void get_human_doesNotLetTextsTalkToTheTerminal() {
    String id = cli.put("evil \u001b]0;title\u0007");

    assertThat(cli.run("get", id).out()).doesNotContain("\u001b", "\u0007").contains("evil");
  }

  @Test
  void get_answerOfAWaitingTask_is3() {
    String id = cli.put("hello");

    Outcome outcome = cli.run("get", id, "--answer");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("next in line");
  }

  @Test
  void get_answerOfACancelledTask_is5() {
    String id = cli.put("hello");
    cli.run("cancel", id);

    assertThat(cli.run("get", id, "--answer").exitCode()).isEqualTo(5);
  }

  @Test
  void get_wait_returnsWhenTheAnswerIsThere() {
    String id = cli.put("hello");
    CompletableFuture<Outcome> waiting =
        CompletableFuture.supplyAsync(() -> cli.run("get", id, "--answer", "--wait", "30s"));

    cli.run("complete", cli.lease().toString(), "late");

    assertThat(waiting.join().out()).isEqualTo("late");
  }

  @Test
  void get_waitIsOver_is3() {
    String id = cli.put("hello");

    assertThat(cli.run("get", id, "--answer", "--wait", "50ms").exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get none", "get none --wait 1s", "cancel none", "redrive none"})
  void unknownTask_is4(String line) {
    Outcome outcome = cli.run((line + " --json").split(" "));

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.error().path("code").asText()).isEqualTo("TASK_NOT_FOUND");
  }

  @Test
  void list_isATableWithoutTrailingBlanks() {
    String first = cli.put("a");
    String second = cli.put("b");
    cli.lease();

    String out = cli.variable("COLUMNS", "160").run("list").out();

    assertThat(out.lines().findFirst().orElseThrow())
        .startsWith("TASK")
        .contains("STATE", "QUEUE", "WORKER");
    assertThat(out.lines()).hasSize(3).allMatch(line -> line.equals(line.strip()));
    assertThat(out.indexOf(second)).isLessThan(out.indexOf(first));
    assertThat(out).contains("leased").contains("test");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 120, 200})
  void list_fitsTheTerminal_andSaysWithEachPictureWhatFoundNoRoom(int width) {
    cli.put(NewTask.builder(Prompt.of("a")).id(new TaskId("x".repeat(36))).build());
    cli.onTerminal().variable("COLUMNS", Integer.toString(width));

    Outcome outcome = cli.run("list", "--watch=1ms", "--watch-for=3ms");

    assertThat(outcome.out().replaceAll("\u001b\\[[0-9]*[HJ]", "").lines())
        .hasSize(6)
        .allMatch(line -> line.length() <= width);
    assertThat(outcome.err().lines().filter(line -> line.contains("no room")))
        .as("cleared with the screen, so said again")
        .allMatch(line -> line.length() <= width)
        .hasSize(width < 100 ? 3 : 0);
    assertThat(outcome.out()).contains("STATE", "PROMPT");
  }

  @Test
  void list_onATerminal_showsAgesAndBeginningsOfPrompts_inAPipeInstants() {
    cli.put("Why is the sky\nblue? " + "And ".repeat(100));

    String pipe = cli.run("list").out();
    String drawn = cli.onTerminal().variable("COLUMNS", "100").run("list").out();

    assertThat(pipe).containsPattern("20[0-9-]{8}T").doesNotContain("PROMPT");
    assertThat(drawn)
        .containsPattern("ready +[0-9]+ s ")
        .contains("PROMPT", "Why is the")
        .endsWith("…" + System.lineSeparator());
  }

  @Test
  void list_neverCutsAnId_andInAPipeNothing() {
    String id = "x".repeat(128);
    QueueName queue = new QueueName("q".repeat(64));
    cli.put(NewTask.builder(Prompt.of("a")).id(new TaskId(id)).queue(queue).build());
    cli.variable("COLUMNS", "60");

    assertThat(cli.run("list").out()).contains(id, queue.value()).doesNotContain("…");
    assertThat(cli.run("list").err()).isEmpty();
    assertThat(cli.onTerminal().run("list").out()).contains(id).doesNotContain("…");
  }

  @Test
  void get_showsModelAndBatch() {
    Baton.await(
        cli.baton()
            .batches()
            .create(
                TenantId.DEFAULT,
                new NewBatch(
                    Optional.of(new BatchId("b1")), "", "", BatchConfig.DEFAULT, Optional.empty()),
                List.of(
                    NewTask.builder(Prompt.of("a"))
                        .id(new TaskId("t1"))
                        .model(new ModelName("fake-model"))
                        .build())));

    assertThat(cli.run("get", "t1").out()).contains("model        fake-model", "batch        b1");
    JsonNode task = cli.run("get", "--json", "t1").json();
    assertThat(task.path("model").asText()).isEqualTo("fake-model");
    assertThat(task.path("batchId").asText()).isEqualTo("b1");
  }

  @Test
  void list_pagesAndFilters() {
    String first = cli.put("a");
    String second = cli.put("b");
    cli.run("cancel", second);

    JsonNode page = cli.run("list", "--json", "--max", "1").json();
    JsonNode rest = cli.run("list", "--json", "--before", page.path("next").asText()).json();
    JsonNode ready = cli.run("list", "--json", "--state", "ready", "--queue", "default").json();

    assertThat(page.path("tasks").path(0).path("taskId").asText()).isEqualTo(second);
    assertThat(rest.path("tasks").path(0).path("taskId").asText()).isEqualTo(first);
    assertThat(rest.has("next")).isFalse();
    assertThat(ready.path("tasks")).hasSize(1);
  }

  @Test
  void list_nothing_isAnEmptyOutput() {
    Outcome outcome = cli.run("list");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(cli.run("list", "--json").json().path("tasks")).isEmpty();
  }
}
