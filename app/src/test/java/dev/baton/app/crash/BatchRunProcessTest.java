package dev.baton.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code baton batch run} in a process of its own, through a server in another. */
final class BatchRunProcessTest {
  private static final int ROWS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private Path out;
  private Path said;

  @BeforeEach
  void writeInput() throws IOException {
    String rows =
        IntStream.range(0, ROWS).mapToObj(i -> "say " + i).collect(Collectors.joining("\n"));
    Files.writeString(directory.resolve("in.csv"), "prompt\n" + rows + "\n");
    out = directory.resolve("out.csv");
    said = directory.resolve("said.txt");
  }

  private ServerProcess serve(Duration answer) throws IOException {
    return ServerProcess.serveSlowly(
        directory.resolve("baton.db"), directory.resolve("calls.txt"), answer);
  }

  private Process run(ServerProcess server) throws IOException, InterruptedException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.baton.app.Main",
            "batch",
            "run",
            directory.resolve("in.csv").toString(),
            "-o",
            out.toString(),
            "--server",
            "http://127.0.0.1:" + server.address().getPort())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  private static int exitCode(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> calls() throws IOException {
    Path journal = directory.resolve("calls.txt");
    return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
  }

  @Test
  void untilItsEnd_everyRowHasItsAnswer_andItEnds0() throws Exception {
    try (ServerProcess server = serve(Duration.ofMillis(20))) {
      int exitCode = exitCode(run(server));

      assertThat(exitCode).as(Files.readString(said)).isZero();
      assertThat(said).content().contains("is completed: 40 of 40 answered");
      assertThat(Files.readAllLines(out)).hasSize(1 + ROWS);
    }
  }

  @Test
  void interrupted_itEnds80_andGivenAgainFollowsTheSameBatch() throws Exception {
    try (ServerProcess server = serve(Duration.ofMillis(400))) {
      Process first = run(server);
      await().atMost(PATIENCE).until(() -> !calls().isEmpty());
      first.destroy();

      assertThat(exitCode(first)).as(Files.readString(said)).isEqualTo(80);
      assertThat(said).content().contains("it goes on without this command");

      int exitCode = exitCode(run(server));

      assertThat(exitCode).as(Files.readString(said)).isZero();
      assertThat(said).content().contains("is there already", "40 of 40 answered");
      assertThat(Files.readAllLines(out)).hasSize(1 + ROWS);
      assertThat(new HashSet<>(calls())).hasSameSizeAs(calls()).hasSize(ROWS);
    }
  }
}
