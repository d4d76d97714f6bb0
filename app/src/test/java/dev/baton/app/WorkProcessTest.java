package dev.baton.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.base.Splitter;
import dev.baton.core.Baton;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskState;
import dev.baton.persistence.SqlStores;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code baton work} as a terminal and a supervisor treat it: signals to a group of processes. */
final class WorkProcessTest {
  @TempDir private Path directory;
  private final List<ProcessHandle> started = new ArrayList<>();
  private Path file;
  private Path pids;
  private TaskId id;

  @BeforeEach
  void putOneThatMayFailOnce() {
    file = directory.resolve("w.db");
    pids = directory.resolve("pids");
    try (Baton baton = baton()) {
      id =
          baton.submit(
              NewTask.builder(Prompt.of("hello"))
                  .retry(RetryPolicy.DEFAULT.withMaxAttempts(1))
                  .build());
    }
  }

  @AfterEach
  void end() {
    started.forEach(ProcessHandle::destroyForcibly);
  }

  private Baton baton() {
    return Baton.builder(SqlStores.open(file)).build();
  }

  private Task task() {
    try (Baton baton = baton()) {
      return baton.find(id).orElseThrow();
    }
  }

  private void assertGivenBackUncounted() {
    Task task = task();
    assertThat(task.state().kind()).isEqualTo(TaskState.Kind.READY);
    assertThat(task.row().leaseState().attempts()).isZero();
  }

  /** Starts a group of processes, as a shell does for each command line, whose number is its id. */
  private Process work(String script) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    "env",
                    "--default-signal=HUP,INT,TERM",
                    "setsid",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.baton.app.Main"),
                Stream.of("work", "--db", file.toString(), "--", "sh", "-c", script))
            .toList();
    Process work =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(directory.resolve("said").toFile()))
            .start();
    started.add(work.toHandle());
    return work;
  }

  private String said() throws IOException {
    return Files.readString(directory.resolve("said"));
  }

  /** The processes that the program has told of. */
  private List<ProcessHandle> program() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(pids) && Files.readString(pids).endsWith("\n"));
    try {
      List<ProcessHandle> program =
          Splitter.on(' ')
              .splitToStream(Files.readString(pids).strip())
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
              .flatMap(Optional::stream)
              .toList();
      started.addAll(program);
      return program;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void signal(String name, Process group) throws Exception {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -s %s -- -%d".formatted(name, group.pid())).start();
    assertThat(kill.waitFor()).as(new String(kill.getErrorStream().readAllBytes(), UTF_8)).isZero();
  }

  private static void assertEnd(List<ProcessHandle> program) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(program).noneMatch(WorkProcessTest::runs));
  }

  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void signalToTheWholeGroup_givesThePromptBackUncounted(String name) throws Exception {
    Process work = work("sleep 300 & echo $$ $! > " + pids + "; wait");
    List<ProcessHandle> program = program();

    signal(name, work);

    assertThat(work.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said()).contains(id + ": released");
    assertGivenBackUncounted();
    assertEnd(program);
  }

  @Test
  void secondInterrupt_endsAtOnce_andTheProgramWithIt() throws Exception {
    Path asked = directory.resolve("asked");
    Process work =
        work(
            "trap 'touch %s' TERM; echo $$ > %s; while :; do sleep 0.05; done"
                .formatted(asked, pids));
    List<ProcessHandle> program = program();
    signal("INT", work);
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(asked));
    await().pollDelay(Duration.ofMillis(150)).until(work::isAlive);

    signal("INT", work);

    assertThat(work.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(work.exitValue()).isEqualTo(130);
    assertThat(said()).doesNotContain("released");
    assertEnd(program);
  }

  @Test
  void killedWork_leavesNoOrphan() throws Exception {
    Process work = work("trap '' TERM; sleep 300 & echo $$ $! > " + pids + "; wait; sleep 300");
    List<ProcessHandle> program = program();
    assertThat(program).hasSize(2).allMatch(WorkProcessTest::runs);

    work.destroyForcibly();

    assertEnd(program);
  }
}
