package dev.baton.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.StopSignal;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkCommandTest {
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

  private Outcome work(String options, String script) {
    List<String> args = new ArrayList<>(List.of("work"));
    args.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
    args.addAll(List.of("--", "sh", "-c", script));
    return cli.run(args.toArray(String[]::new));
  }

  private Task task(String id) {
    return cli.baton().find(new TaskId(id)).orElseThrow();
  }

  private Failure failure(String id) {
    Task task = task(id);
    return task.failure().or(() -> task.attempts().get(0).failure()).orElseThrow();
  }

  @Test
  void program_answersWhatWaits() {
    String first = cli.put("hello");
    String second = cli.put("wörld");

    Outcome outcome = work("--wait 0s", "tr a-z A-Z");

    assertThat(outcome.exitCode()).isZero();
    assertThat(cli.answer(first)).isEqualTo("HELLO");
    assertThat(cli.answer(second)).isEqualTo("WöRLD");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(first + ": answered");
  }

  @Test
  void withoutADelimiter_theProgramsOptionsAreItsOwn() {
    String id = cli.put("x");

    cli.run("work", "--once", "sh", "-c", "cat; echo --json");

    assertThat(cli.answer(id)).isEqualTo("x--json\n");
  }

  @Test
  void json_isALineForEachAttempt() throws Exception {
    String id = cli.put("hello");
    cli.put("b");

    Outcome outcome = work("--wait 0s --json", "cat");

    assertThat(outcome.out().lines()).hasSize(2);
    JsonNode first = Jsons.read(outcome.out().lines().findFirst().orElseThrow());
    assertThat(first.path("taskId").asText()).isEqualTo(id);
    assertThat(first.path("outcome").asText()).isEqualTo("answered");
    assertThat(first.path("attempt").asInt()).isEqualTo(1);
    assertThat(first.path("seconds").isNumber()).isTrue();
  }

  @Test
  void nothingReady_is3() {
    assertThat(work("--wait 0s", "cat").exitCode()).isEqualTo(3);
    assertThat(work("--wait 50ms", "cat").exitCode()).isEqualTo(3);
  }

  @Test
  void once_endsAfterOne() {
    cli.put("a");
    String second = cli.put("b");

    work("--once", "cat");

    assertThat(cli.state(second)).isEqualTo("READY");
  }

  @Test
  void variables_tellOfTheTask() {
    String id =
        cli.put(NewTask.builder(new Prompt("p", new Metadata("{\"k\": \"é\"}"))).build()).value();

    work("--once", "echo $BATON_TASK_ID $BATON_LEASE_ID $BATON_ATTEMPT \"$BATON_META\"");

    assertThat(cli.answer(id)).isEqualTo(id + " " + id + "~1 1 {\"k\": \"é\"}\n");
  }

  private String putConversation() {
    Parameters asked =
        new Parameters(
            Optional.of(
                new Messages(
                    "[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Why?\"}]")),
            OptionalDouble.of(0.5),
            OptionalInt.of(7),
            new Options("{\"seed\": 1}"),
            false);
    NewTask task =
        NewTask.builder(new Prompt("label", Metadata.EMPTY, asked))
            .model(new ModelName("m"))
            .build();
    return cli.put(task).value();
  }

  @Test
  void conversation_isOneTextOnStandardInput_andItsPartsAreVariables() {
    String id = putConversation();

    work("--once", "cat; echo; echo $BATON_MODEL $BATON_PARAMS $BATON_OPTIONS $BATON_MESSAGES");

    assertThat(cli.answer(id))
        .startsWith("system: Be brief.\n\nuser: Why?\n")
        .contains("m {\"temperature\":0.5,\"maxTokens\":7} {\"seed\": 1} [{\"role\":");
  }

  @Test
  void inputJson_hasAllThatIsAsked() throws Exception {
    String id = putConversation();

    work("--once --model m --input json", "cat");

    JsonNode asked = Jsons.read(cli.answer(id));
    assertThat(asked.path("taskId").asText()).isEqualTo(id);
    assertThat(asked.at("/messages/0/content").asText()).isEqualTo("Be brief.");
    assertThat(asked.path("prompt").asText()).contains("Be brief.", "Why?");
    assertThat(asked.path("model").asText()).isEqualTo("m");
    assertThat(asked.at("/params/temperature").asDouble()).isEqualTo(0.5);
    assertThat(asked.at("/options/seed").asInt()).isEqualTo(1);
  }

  @Test
  void model_thatIsNotServed_isLeftToOthers() {
    String id = putConversation();

    assertThat(work("--wait 0s --model other", "cat").exitCode()).isEqualTo(3);
    assertThat(cli.state(id)).isEqualTo("READY");
  }

  @Test
  void programThatDoesNotRead_isNoTrouble() {
    String id = cli.put("x".repeat(1024 * 1024));

    work("--once", "echo done");

    assertThat(cli.answer(id)).isEqualTo("done\n");
  }

  @Test
  void exitCode_failsTheAttemptWithTheLastWords() {
    String id = cli.put("hello");

    Outcome outcome = work("--once", "echo half an answer; echo why >&2; exit 7");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(failure(id).code()).isEqualTo("EXIT_7");
    assertThat(failure(id).message()).isEqualTo("why");
    assertThat(failure(id).retryable()).isTrue();
    assertThat(task(id).state().kind().isTerminal()).isFalse();
    assertThat(outcome.err()).contains("why");
  }

  @Test
  void permanentExitCode_endsTheTask() {
    String id = cli.put("hello");

    work("--once --permanent-exit 65,7", "exit 7");

    assertThat(cli.state(id)).isEqualTo("DEAD");
    assertThat(failure(id).message()).contains("exit code 7");
  }

  @Test
  void answerThatIsNoText_endsTheTask() {
    String id = cli.put("hello");

    work("--once", "printf '\\303\\050'");

    assertThat(failure(id).code()).isEqualTo("OUTPUT_NOT_UTF8");
  }

  @Test
  void answerWithANul_endsTheTask() {
    String id = cli.put("hello");

    work("--once", "printf 'a\\000b'");

    assertThat(failure(id).code()).isEqualTo("OUTPUT_NOT_TEXT");
    assertThat(failure(id).message()).contains("NUL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"head -c 17000000 /dev/zero", "cat /dev/zero"})
  void answerWithoutEnd_isCutOff(String script) {
    String id = cli.put("hello");

    work("--once", script);

    assertThat(failure(id).code()).isEqualTo("OUTPUT_TOO_LARGE");
    assertThat(cli.state(id)).isEqualTo("DEAD");
  }

  @Test
  void programThatHangs_isEndedAfterTheTimeout() {
    String id = cli.put("hello");

    work("--once --timeout 300ms", "sleep 60");

    assertThat(failure(id).code()).isEqualTo("TIMEOUT");
    assertThat(failure(id).message()).isEqualTo("no answer within 300 ms");
    assertThat(failure(id).retryable()).isTrue();
  }

  @Test
  void leaseIsExtended_whileTheProgramRuns() {
    String id = cli.put("hello");

    Outcome outcome = work("--once --lease 600ms", "sleep 2; cat");

    assertThat(outcome.exitCode()).isZero();
    assertThat(cli.answer(id)).isEqualTo("hello");
    assertThat(task(id).attempts()).isEmpty();
    assertThat(task(id).row().leaseState().attempts()).isEqualTo(1);
  }

  @Test
  void cancelledTask_endsTheProgramAndAllThatItStarted() throws Exception {
    String id = cli.put("hello");
    Path pids = directory.resolve("pids");
    CompletableFuture<Outcome> working =
        CompletableFuture.supplyAsync(
            () ->
                work(
                    "--once --lease 600ms --json",
                    "trap '' TERM; sleep 60 & echo $$ $! > " + pids + "; wait; sleep 60"));
    List<ProcessHandle> tree = awaitTree(pids);

    cli.run("cancel", id);

    assertThat(working.get().json().path("outcome").asText()).isEqualTo("dropped");
    await().untilAsserted(() -> assertThat(tree).noneMatch(WorkCommandTest::runs));
    assertThat(cli.state(id)).isEqualTo("CANCELLED");
  }

  @Test
  void stopSignal_endsTheProgramAndGivesThePromptBack() throws Exception {
    String id = cli.put("hello");
    Path pids = directory.resolve("pids");
    StopSignal stop = cli.newStop();
    CompletableFuture<Outcome> working =
        CompletableFuture.supplyAsync(
            () -> work("--concurrency 2", "sleep 60 & echo $$ $! > " + pids + "; wait"));
    List<ProcessHandle> tree = awaitTree(pids);

    assertThat(stop.stopAndAwait(Duration.ofSeconds(20))).isTrue();

    assertThat(working.get().err()).contains(id + ": released");
    assertThat(cli.state(id)).isEqualTo("READY");
    assertThat(task(id).row().leaseState().attempts()).isZero();
    await().untilAsserted(() -> assertThat(tree).noneMatch(WorkCommandTest::runs));
  }

  @Test
  void stopSignal_whileNothingIsReady_endsAtOnce() throws Exception {
    StopSignal stop = cli.newStop();
    CompletableFuture<Outcome> working =
        CompletableFuture.supplyAsync(() -> work("--concurrency 3", "cat"));
    await().until(() -> Thread.getAllStackTraces().keySet().stream().anyMatch(this::isWorker));

    assertThat(stop.stopAndAwait(Duration.ofSeconds(20))).isTrue();
    assertThat(working.get().exitCode()).isEqualTo(3);
  }

  @Test
  void stopSignal_whileAPromptIsGranted_givesItBack() throws Exception {
    StopSignal stop = cli.newStop();
    CompletableFuture<Object> way = new CompletableFuture<>();
    cli.backend().way = way;
    CompletableFuture<Outcome> working = CompletableFuture.supplyAsync(() -> work("", "cat"));
    String id = cli.put("hello");
    await().until(() -> cli.state(id).equals("LEASED"));

    stop.stop();
    way.complete(null);

    assertThat(working.get().err()).contains(id + ": released");
    assertThat(cli.state(id)).isEqualTo("READY");
    assertThat(task(id).row().leaseState().attempts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kill -s INT $$", "exit 143"})
  void programThatASignalEndedJustBeforeTheCommand_isNoFailure(String end) throws Exception {
    String id = cli.put(onlyOnce()).value();
    Path died = directory.resolve("died");
    StopSignal stop = cli.newStop();
    CompletableFuture<Outcome> working =
        CompletableFuture.supplyAsync(() -> work("--wait 30s", "touch " + died + "; " + end));
    await().pollInterval(Duration.ofMillis(10)).until(() -> Files.exists(died));

    stop.stop();

    assertThat(working.get().err()).contains(id + ": released");
    assertThat(cli.state(id)).isEqualTo("READY");
    assertThat(task(id).row().leaseState().attempts()).isZero();
  }

  private static NewTask onlyOnce() {
    return NewTask.builder(Prompt.of("hello"))
        .retry(RetryPolicy.DEFAULT.withMaxAttempts(1))
        .build();
  }

  @Test
  void programThatASignalEnded_withoutTheCommand_isAFailure() {
    String id = cli.put("hello");

    work("--once", "kill -s INT $$");

    assertThat(failure(id).code()).isEqualTo("EXIT_130");
  }

  @Test
  void leftBehindProcesses_areEndedAndTold() throws Exception {
    String id = cli.put("hello");
    Path pids = directory.resolve("pids");

    Outcome outcome =
        work("--once", "sleep 300 & nohup sleep 301 & echo $! > " + pids + "; cat; exit 0");

    assertThat(cli.answer(id)).isEqualTo("hello");
    assertThat(outcome.err()).contains("left processes behind").contains("sleep (pid ");
    ProcessHandle.of(Long.parseLong(Files.readString(pids).strip()))
        .ifPresent(left -> await().until(() -> !runs(left)));
  }

  @Test
  void leftBehindProcess_mayEndByItself() {
    String id = cli.put("hello");

    Outcome outcome = work("--once", "(sleep 0.1; echo and more) & cat");

    assertThat(cli.answer(id)).isEqualTo("helloand more\n");
    assertThat(outcome.err()).doesNotContain("left processes behind");
  }

  @Test
  void errorOutputWithoutALineEnd_neitherStallsNorFillsTheMemory() {
    String id = cli.put("hello");

    Outcome outcome =
        work(
            "--once --timeout 30s",
            "head -c 100000000 /dev/zero | tr '\\0' x >&2; echo the last words >&2; exit 7");

    assertThat(failure(id).code()).isEqualTo("EXIT_7");
    assertThat(failure(id).message()).endsWith("the last words");
    assertThat(outcome.err().length()).isLessThan(1_100_000);
    assertThat(outcome.err()).contains("the rest is left out");
  }

  @Test
  void errorOutput_isReadAsItWasMeant() {
    cli.put("hello");

    Outcome outcome =
        work(
            "--once",
            "printf '\\303' >&2; sleep 0.3; printf '\\274b' >&2; echo c >/dev/stderr; cat");

    assertThat(outcome.err()).contains("\u00fcbc\n");
  }

  @Test
  void programThatCannotBeRun_is66() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken"), "#!/no/such/interpreter\n");
    assertThat(broken.toFile().setExecutable(true)).isTrue();
    String id = cli.put("hello");

    Outcome outcome = cli.run("work", "--once", "--", broken.toString());

    assertThat(outcome.exitCode()).isEqualTo(66);
    assertThat(outcome.err()).contains("can't start the program");
    assertThat(cli.state(id)).isEqualTo("READY");
    assertThat(task(id).row().leaseState().attempts()).isZero();
  }

  private boolean isWorker(Thread thread) {
    return thread.getName().startsWith("baton-work-");
  }

  @Test
  void workWaits_forWhatComesLater() throws Exception {
    CompletableFuture<Outcome> working = CompletableFuture.supplyAsync(() -> work("--once", "cat"));
    String id = cli.put("late");

    assertThat(working.get().exitCode()).isZero();
    assertThat(cli.answer(id)).isEqualTo("late");
  }

  @Test
  void concurrency_runsProgramsSideBySide() {
    for (int i = 0; i < 3; i++) {
      cli.put("p" + i);
    }
    // Each waits until three are there.
    String script =
        "touch %1$s/ready-$$; while [ $(ls %1$s | grep -c ready-) -lt 3 ]; do sleep 0.05; done; cat"
            .formatted(directory);

    Outcome outcome = work("--concurrency 3 --wait 0s --timeout 30s", script);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err().lines().filter(line -> line.contains("answered"))).hasSize(3);
  }

  @Test
  void missingProgram_is66AndGivesThePromptBack() {
    String id = cli.put("hello");

    Outcome outcome = cli.run("work", "--once", "--", "/no/such/program");

    assertThat(outcome.exitCode()).isEqualTo(66);
    assertThat(outcome.err()).contains("/no/such/program");
    assertThat(cli.state(id)).isEqualTo("READY");
    assertThat(task(id).row().leaseState().attempts()).isZero();
  }

  @Test
  void serverThatGoesAway_isWaitedFor() throws Exception {
    Path go = directory.resolve("go");
    String id = cli.put("hello");
    CompletableFuture<Outcome> working =
        CompletableFuture.supplyAsync(
            () -> work("--once", "while [ ! -e " + go + " ]; do sleep 0.05; done; cat"));
    await().until(() -> cli.state(id).equals("LEASED"));
    cli.backend().outages.set(2);
    Files.createFile(go);

    Outcome outcome = working.get();

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("trying again");
    assertThat(cli.answer(id)).isEqualTo("hello");
  }

  @Test
  void serverThatNeverAnswered_is69AtOnce() {
    cli.backend().outages.set(1);

    assertThat(work("--once", "cat").exitCode()).isEqualTo(69);
  }

  @Test
  void files_areRemoved() {
    String id = cli.put("hello");

    work("--once", "readlink /proc/self/fd/0");

    Path prompt = Path.of(cli.answer(id).strip());
    assertThat(prompt.getFileName().toString()).startsWith("prompt");
    assertThat(prompt).doesNotExist();
    assertThat(prompt.getParent()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--concurrency 0", "--concurrency 2 --once", "--lease 0s", "--once 3"})
  void badValue_is2OrIsTheProgram(String options) {
    cli.put("x");

    assertThat(work(options, "cat").exitCode()).isIn(2, 66);
  }

  @Test
  void leaseLongerThanAllowed_is2() {
    assertThat(work("--lease 40d --once", "cat").exitCode()).isEqualTo(2);
  }

  private static List<ProcessHandle> awaitTree(Path pids) throws Exception {
    await().until(() -> Files.exists(pids) && Files.readString(pids).endsWith("\n"));
    List<ProcessHandle> tree = new ArrayList<>();
    for (String pid : Splitter.on(' ').split(Files.readString(pids).strip())) {
      Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(pid));
      tree.add(handle.orElseThrow());
    }
    return tree;
  }

  /** An orphan that was killed may stay a zombie where nobody is there to reap it. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
